import { isH5 } from "./platform";

interface Pressing {
  label?: string;
  disabled: boolean;
  chosen?: boolean;
  role?: "button" | "switch";
  press: () => void;
}

/**
 * Attributes that make a `View` a button for screen readers and keyboards. The two platforms name these attributes
 * differently, and Taro's types have only WeChat's.
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
    // WeChat's screen readers announce the state of checkboxes and switches, but not of buttons.
    return { ariaRole: role === "button" ? "checkbox" : role, ariaChecked: String(chosen), ...said };
  }
  return {
    role,
    tabIndex: disabled ? -1 : 0,
    ...(chosen === undefined ? {} : { [role === "switch" ? "ariaChecked" : "ariaPressed"]: String(chosen) }),
    ...said,
    onKeyDown: (event: KeyboardEvent) => {
      // A key press on a button inside the row belongs to that button.
      if (event.target !== event.currentTarget) return;
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      press();
    },
  };
}

/** Attributes that make screen readers announce an element when it appears. */
export const announced: Record<string, unknown> = isH5 ? { role: "alert" } : { ariaRole: "alert" };
