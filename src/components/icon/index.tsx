import { View } from "@tarojs/components";
import type { ReactNode } from "react";

export type IconName =
  | "back" | "next" | "down" | "phone" | "clock" | "check" | "close" | "plus" | "question" | "person" | "camera"
  | "home" | "list" | "bell" | "chat" | "place" | "alert" | "tray" | "tag" | "offline" | "star" | "star-full"; // prettier-ignore

/** An icon in the colour of the surrounding text. It has no accessible name, so it needs a text beside it. */
export function Icon({ name, className = "" }: { name: IconName; className?: string }): ReactNode {
  return <View className={`icon icon--${name} ${className}`} />;
}
