import { View } from "@tarojs/components";
import type { ReactNode } from "react";
import { pressableAttributes } from "../../wx/pressable";

interface Props {
  onPress: () => void;
  children: ReactNode;
  className?: string;
  /** What a screen reader says; where the text inside says it, leave it out. */
  label?: string;
  disabled?: boolean;
  /** For one of several choices: whether it is the chosen one. */
  chosen?: boolean;
  role?: "button" | "switch";
}

/** Anything that can be tapped: with the keyboard too on H5, and announced as a button. */
export function Pressable({
  onPress,
  children,
  className = "",
  label,
  disabled = false,
  chosen,
  role,
}: Props): ReactNode {
  const press = (): void => {
    if (!disabled) onPress();
  };
  return (
    <View
      className={`pressable ${disabled ? "pressable--disabled" : ""} ${className}`}
      hoverClass={disabled ? "none" : "pressable--pressed"}
      hoverStayTime={80}
      onClick={(event) => {
        event.stopPropagation();
        press();
      }}
      {...pressableAttributes({ label, disabled, chosen, role, press })}
    >
      {children}
    </View>
  );
}
