import { View } from "@tarojs/components";
import type { ReactNode } from "react";
import { Button } from "../../../../components/button";
import { Card } from "../../../../components/section";
import { words } from "../../../../i18n";
import { sayUntil } from "../../../../i18n/time-words";
import "./duty-bar.scss";

interface Props {
  /** Null: not on duty. */
  until: Date | null;
  now: Date;
  ending: boolean;
  onStart: () => void;
  onEnd: () => void;
}

/** The duty state, its end, and buttons to start or end it. */
export function DutyBar({ until, now, ending, onStart, onEnd }: Props): ReactNode {
  const say = words.cadre.queue;
  if (until === null) {
    return (
      <Card>
        <View className="strong">{say.offDuty}</View>
        <View className="small">{say.offDutyHint}</View>
      </Card>
    );
  }
  return (
    <Card className="duty-bar">
      <View className="duty-bar__until">
        <View className="duty-bar__dot" />
        <View className="strong">{say.onDuty(sayUntil(until, now))}</View>
      </View>
      <Button onPress={onStart}>{say.extend}</Button>
      <Button pending={ending} onPress={onEnd}>
        {say.end}
      </Button>
    </Card>
  );
}
