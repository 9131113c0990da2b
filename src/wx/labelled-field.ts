import { isH5 } from "./platform";

/**
 * Attributes for a field's accessible name. On H5 the label must be on the native `input` or `textarea` inside the
 * element.
 */
export const labelledField = (label: string): Record<string, unknown> =>
  isH5 ? { nativeProps: { "aria-label": label } } : { ariaLabel: label };
