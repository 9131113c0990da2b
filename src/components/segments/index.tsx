import { View } from "@tarojs/components";
import type { ReactNode } from "react";
import { Pressable } from "../pressable";

interface Props<C extends string> {
  segments: readonly { code: C; text: string }[];
  current: C;
  onChoose: (code: C) => void;
}

/** A switch between two or three views of one list. */
export function Segments<C extends string>({ segments, current, onChoose }: Props<C>): ReactNode {
  return (
    <View className="segments">
      {segments.map(({ code, text }) => (
        <Pressable
          key={code}
          className={`segments__one ${code === current ? "segments__one--current" : ""}`}
          chosen={code === current}
          onPress={() => onChoose(code)}
        >
          {text}
        </Pressable>
      ))}
    </View>
  );
}
