import { View } from "@tarojs/components";
import type { ReactNode } from "react";
import { pressableAttributes } from "../../wx/pressable";

interface Props {
  onPress: () => void;
  children: ReactNode;
  className?: string;
  /** The accessible name; to be left out when the content has the text. */
  label?: string;
  disabled?: boolean;
  /** Whether this one of several choices is chosen. */
  chosen?: boolean;
  role?: "button" | "switch";
}

/** An element that can be tapped, and on H5 also operated by keyboard. Screen readers announce it as a button. */
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
