import { View } from "@tarojs/components";
import type { ReactNode } from "react";
import type { Tone } from "../../lib/request-words";
import { Icon, type IconName } from "../icon";

/** A state as word, icon and colour; colour is not the only signal. */
export function StateTag({ word, icon, tone }: { word: string; icon: IconName; tone: Tone }): ReactNode {
  return (
    <View className={`state-tag state-tag--${tone}`}>
      <Icon name={icon} />
      <View>{word}</View>
    </View>
  );
}
