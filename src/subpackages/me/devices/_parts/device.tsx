import { View } from "@tarojs/components";
import type { ReactNode } from "react";
import type { LoggedInDevice } from "../../../../../contract/index.ts";
import { Button } from "../../../../components/button";
import { Card } from "../../../../components/section";
import { words } from "../../../../i18n";
import { sayAgo, sayMoment } from "../../../../i18n/time-words";
import { me } from "../../../../i18n/zh/me";
import { useNow } from "../../../../lib/use-now";

interface Props {
  device: LoggedInDevice;
  pending: boolean;
  onEnd: () => void;
}

/** One session: device, place, start, and a button to end it unless it is the current one. */
export function Device({ device, pending, onEnd }: Props): ReactNode {
  const say = me.devices;
  const now = useNow();
  const name = device.device ?? say.unknown;
  const facts = [
    ...(device.front === null ? [] : [say.fronts[device.front]]),
    say.since(sayMoment(new Date(device.since), now)),
    ...(device.current ? [] : [say.used(sayAgo(new Date(device.lastUsedAt), now))]),
  ];
  return (
    <Card className="document__part">
      <View className="title">{device.current ? say.current(name) : name}</View>
      <View>{facts.join(words.common.dot)}</View>
      {!device.current && (
        <Button label={say.endLabel(name)} pending={pending} onPress={onEnd}>
          {say.end}
        </Button>
      )}
    </Card>
  );
}
