import { isH5 } from "./platform";

interface Pressing {
  label?: string;
  disabled: boolean;
  chosen?: boolean;
  role?: "button" | "switch";
  press: () => void;
}

/**
 * What makes a `View` a button for a screen reader and a keyboard. The two platforms name these attributes differently, and
 * Taro's types know only WeChat's.
 */
export function pressableAttributes({
  label,
  disabled,
  chosen,
  role = "button",
  press,
}: Pressing): Record<string, unknown> {
  if (!isH5) return { ariaRole: role, ariaLabel: label };
  return {
    role,
    tabIndex: disabled ? -1 : 0,
    ...(label === undefined ? {} : { ariaLabel: label }),
    ...(chosen === undefined ? {} : { [role === "switch" ? "ariaChecked" : "ariaPressed"]: String(chosen) }),
    ...(disabled ? { ariaDisabled: "true" } : {}),
    onKeyDown: (event: KeyboardEvent) => {
      // A button inside a row is its own.
      if (event.target !== event.currentTarget) return;
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      press();
    },
  };
}

/** Said by a screen reader as soon as it appears. */
export const announced: Record<string, unknown> = isH5 ? { role: "alert" } : { ariaRole: "alert" };
