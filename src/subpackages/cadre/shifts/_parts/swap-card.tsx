import { View } from "@tarojs/components";
import type { ReactNode } from "react";
import type { Shift, Swap } from "../../../../../contract/index.ts";
import { call, useAction } from "../../../../api";
import { Button } from "../../../../components/button";
import { Card } from "../../../../components/section";
import { Problem } from "../../../../components/states";
import { words } from "../../../../i18n";
import { sayShiftDay, saySpans } from "../../../../lib/shift-words";

const say = words.shifts;

interface Props {
  swap: Swap;
  now: Date;
  onDone: () => void;
}

/** A swap that the cadre asked for or was asked for, with the steps that are allowed. */
export function SwapCard({ swap, now, onDone }: Props): ReactNode {
  const step = useAction(async (key, what: Swap["abilities"][number]) => {
    const params = { id: swap.communityId, monday: swap.monday, swapId: swap.id };
    await call(
      "POST /api/communities/:id/roster/weeks/:monday/swaps/:swapId",
      { params, body: { step: what } },
      { idempotencyKey: key },
    );
    onDone();
  });
  const shiftWords = (shift: Shift | null): string =>
    shift ? `${sayShiftDay(shift.day, now)} ${saySpans(shift.spans)}` : say.swapGone;
  return (
    <Card className="shifts__card">
      <View className="strong">{say.swapGive(swap.from.name, swap.to.name)}</View>
      <View>{shiftWords(swap.shift)}</View>
      {swap.returnShift && (
        <>
          <View className="strong">{say.swapBack(swap.to.name, swap.from.name)}</View>
          <View>{shiftWords(swap.returnShift)}</View>
        </>
      )}
      {swap.note !== null && <View className="small">{swap.note}</View>}
      <View className="small">
        {swap.abilities.includes("accept") ? say.swapWaitsForYou : say.swapStates[swap.state]}
      </View>
      <Problem message={step.error} />
      {swap.abilities.length > 0 && (
        <View className="shifts__buttons">
          {swap.abilities.map((what) => (
            <Button key={what} pending={step.pending} onPress={() => void step.run(what)}>
              {say.swapSteps[what]}
            </Button>
          ))}
        </View>
      )}
    </Card>
  );
}
