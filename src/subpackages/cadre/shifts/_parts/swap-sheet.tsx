import { View } from "@tarojs/components";
import { type ReactNode, useState } from "react";
import type { Reply, Shift } from "../../../../../contract/index.ts";
import { call, useAction, useMe, useQuery } from "../../../../api";
import { Button } from "../../../../components/button";
import { Chips } from "../../../../components/chips";
import { Field, TextInput } from "../../../../components/field";
import { Sheet } from "../../../../components/sheet";
import { Problem } from "../../../../components/states";
import { words } from "../../../../i18n";
import { noonOf, sayShiftDay, saySpans } from "../../../../lib/shift-words";

const say = words.shifts;
const NONE = "none";

interface Props {
  shift: Reply<"GET /api/me/shifts">["shifts"][number];
  communityId: string;
  now: Date;
  onClose: () => void;
  onAsked: () => void;
}

/** Chooses a colleague to take a shift, and optionally a shift to take in return. */
export function SwapSheet({ shift, communityId, now, onClose, onAsked }: Props): ReactNode {
  const me = useMe();
  const params = { id: communityId, monday: shift.monday };
  const week = useQuery("GET /api/communities/:id/roster/weeks/:monday", { params });
  const colleagues = (week.data?.cadres ?? []).filter(({ id }) => id !== me?.id);
  const [picked, setPicked] = useState<string | null>(null);
  const [inReturn, setInReturn] = useState(NONE);
  const [note, setNote] = useState("");
  const theirs = (week.data?.shifts ?? []).filter(({ cadreId, day }) => cadreId === picked && noonOf(day) > now);
  const ask = useAction(async (key, toId: string, returnShiftId: string | null, said: string) => {
    const body = { shiftId: shift.id, toId, returnShiftId, note: said.trim() || null };
    await call("POST /api/communities/:id/roster/weeks/:monday/swaps", { params, body }, { idempotencyKey: key });
    onClose();
    onAsked();
  });
  const hours = (each: Shift): string => `${sayShiftDay(each.day, now)} ${saySpans(each.spans)}`;
  return (
    <Sheet
      title={say.swapTitle(sayShiftDay(shift.day, now))}
      onClose={onClose}
      foot={
        <Button
          kind="primary"
          disabled={picked === null}
          pending={ask.pending}
          onPress={() => {
            if (picked !== null) void ask.run(picked, inReturn === NONE ? null : inReturn, note);
          }}
        >
          {say.swapAsk}
        </Button>
      }
    >
      <View className="small">{hours(shift)}</View>
      <Problem message={ask.error ?? week.error} />
      <Field label={say.swapWith}>
        {colleagues.length === 0 && week.data ? (
          <View className="small">{say.swapNobody}</View>
        ) : (
          <Chips
            choices={colleagues.map(({ id, name }) => ({ code: id, text: name }))}
            chosen={picked === null ? [] : [picked]}
            onChoose={(id) => {
              setPicked(id);
              setInReturn(NONE);
            }}
          />
        )}
      </Field>
      {theirs.length > 0 && (
        <Field label={say.swapReturn}>
          <Chips
            choices={[
              { code: NONE, text: say.swapNoReturn },
              ...theirs.map((each) => ({ code: each.id, text: hours(each) })),
            ]}
            chosen={[inReturn]}
            onChoose={setInReturn}
          />
        </Field>
      )}
      <Field label={say.swapNote}>
        <TextInput label={say.swapNote} value={note} max={200} placeholder={say.swapNoteHint} onChange={setNote} />
      </Field>
    </Sheet>
  );
}
