import { View } from "@tarojs/components";
import type { ReactNode } from "react";
import { sayAgo } from "../../i18n/time-words";
import type { FlowItem } from "../../lib/flow";
import { Photos } from "../photos";

/** The timeline of a request in sentences, newest first. */
export function Flow({ items, now }: { items: readonly FlowItem[]; now: Date }): ReactNode {
  return (
    <View className="flow">
      {[...items].reverse().map((item, index) => (
        <View key={item.id} className={`flow__item ${index === 0 ? "flow__item--last" : ""}`}>
          <View className="flow__mark" />
          <View className="flow__main">
            <View className="flow__head">
              <View className="flow__sentence">{item.sentence}</View>
              <View className="flow__time">{sayAgo(item.at, now)}</View>
            </View>
            {item.said !== "" && (
              <View className={`flow__said ${item.mine ? "flow__said--mine" : ""}`}>{item.said}</View>
            )}
            <Photos files={item.files} />
          </View>
        </View>
      ))}
    </View>
  );
}
