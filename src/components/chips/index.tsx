import { View } from "@tarojs/components";
import type { ReactNode } from "react";
import { Icon } from "../icon";
import { Pressable } from "../pressable";

export interface Choice<C extends string> {
  code: C;
  text: string;
}

interface Props<C extends string> {
  choices: readonly Choice<C>[];
  /** The chosen codes; at most one for a single choice. */
  chosen: readonly C[];
  onChoose: (code: C) => void;
}

/** A few choices as chips. A chosen one has a check mark, because colour alone is not enough. */
export function Chips<C extends string>({ choices, chosen, onChoose }: Props<C>): ReactNode {
  return (
    <View className="chips">
      {choices.map(({ code, text }) => {
        const on = chosen.includes(code);
        return (
          <Pressable key={code} className={`chip ${on ? "chip--on" : ""}`} chosen={on} onPress={() => onChoose(code)}>
            {on && <Icon name="check" />}
            <View>{text}</View>
          </Pressable>
        );
      })}
    </View>
  );
}
