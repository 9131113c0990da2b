import { View } from "@tarojs/components";
import type { ReactNode } from "react";

export type IconName =
  | "back" | "next" | "down" | "phone" | "clock" | "check" | "close" | "plus" | "question" | "person" | "camera"
  | "home" | "list" | "bell" | "chat" | "place" | "alert" | "tray" | "tag" | "offline" | "star" | "star-full"; // prettier-ignore

/** A drawing in the colour of the text around it. It says nothing by itself: a word stands beside it. */
export function Icon({ name, className = "" }: { name: IconName; className?: string }): ReactNode {
  return <View className={`icon icon--${name} ${className}`} />;
}
