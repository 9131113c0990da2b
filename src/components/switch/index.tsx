import { View } from "@tarojs/components";
import type { ReactNode } from "react";
import { Pressable } from "../pressable";

interface Props {
  on: boolean;
  onChange: (on: boolean) => void;
  title: string;
  hint?: string;
}

/** A row with a switch; the whole row can be tapped. */
export function Switch({ on, onChange, title, hint }: Props): ReactNode {
  return (
    <Pressable className="link-row" chosen={on} role="switch" onPress={() => onChange(!on)}>
      <View className="link-row__main">
        <View>{title}</View>
        {hint !== undefined && <View className="small">{hint}</View>}
      </View>
      <View className={`switch ${on ? "switch--on" : ""}`}>
        <View className="switch__knob" />
      </View>
    </Pressable>
  );
}
