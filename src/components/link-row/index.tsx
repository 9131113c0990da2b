import { View } from "@tarojs/components";
import type { ReactNode } from "react";
import { Icon, type IconName } from "../icon";
import { Pressable } from "../pressable";

interface Props {
  icon: IconName;
  title: string;
  hint?: string;
  badge?: string;
  onPress: () => void;
}

/** A row that links to another page. */
export function LinkRow({ icon, title, hint, badge, onPress }: Props): ReactNode {
  return (
    <Pressable className="link-row" onPress={onPress}>
      <Icon name={icon} />
      <View className="link-row__main">
        <View>{title}</View>
        {hint !== undefined && <View className="small">{hint}</View>}
      </View>
      {badge !== undefined && <View className="badge">{badge}</View>}
      <Icon name="next" />
    </Pressable>
  );
}
