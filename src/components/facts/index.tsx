import { View } from "@tarojs/components";
import type { ReactNode } from "react";

export interface Fact {
  name: string;
  value: string;
}

/** Labelled values, one under the other. Empty values are left out. */
export function Facts({ facts }: { facts: readonly Fact[] }): ReactNode {
  return (
    <View className="facts">
      {facts
        .filter(({ value }) => value !== "")
        .map(({ name, value }) => (
          <View key={name} className="facts__row">
            <View className="facts__name">{name}</View>
            <View className="facts__value">{value}</View>
          </View>
        ))}
    </View>
  );
}
