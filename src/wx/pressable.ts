import { isH5 } from "./platform";

interface Pressing {
  label?: string;
  disabled: boolean;
  chosen?: boolean;
  role?: "button" | "switch";
  press: () => void;
}

/**
 * What makes a `View` a button for a screen reader and a keyboard. The two platforms name these attributes
 * differently, and Taro's types know only WeChat's.
 */
export function pressableAttributes({
  label,
  disabled,
  chosen,
  role = "button",
  press,
}: Pressing): Record<string, unknown> {
  const said = {
    ...(label === undefined ? {} : { ariaLabel: label }),
    ...(disabled ? { ariaDisabled: "true" } : {}),
  };
  if (!isH5) {
    if (chosen === undefined) return { ariaRole: role, ...said };
    // WeChat's screen readers say of a checkbox and of a switch whether it is on, of a button nothing.
    return { ariaRole: role === "button" ? "checkbox" : role, ariaChecked: String(chosen), ...said };
  }
  return {
    role,
    tabIndex: disabled ? -1 : 0,
    ...(chosen === undefined ? {} : { [role === "switch" ? "ariaChecked" : "ariaPressed"]: String(chosen) }),
    ...said,
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
