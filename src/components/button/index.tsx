import { View } from "@tarojs/components";
import type { ReactNode } from "react";
import { Icon, type IconName } from "../icon";
import { Pressable } from "../pressable";

interface Props {
  children: string;
  onPress: () => void;
  /** `primary`: at most one on a page. `quiet`: text only. */
  kind?: "primary" | "plain" | "quiet";
  icon?: IconName;
  pending?: boolean;
  disabled?: boolean;
  label?: string;
  className?: string;
}

/** A button. While `pending` it is disabled and shows a spinner. */
export function Button({
  children,
  onPress,
  kind = "plain",
  icon,
  pending = false,
  disabled = false,
  label,
  className = "",
}: Props): ReactNode {
  return (
    <Pressable
      className={`button button--${kind} ${disabled ? "button--disabled" : ""} ${className}`}
      label={label}
      disabled={disabled || pending}
      onPress={onPress}
    >
      {pending ? <View className="spinner" /> : icon && <Icon name={icon} />}
      <View className="button__text">{children}</View>
    </Pressable>
  );
}
