import { isH5 } from "./platform";

const silent = { nativeProps: { alt: "" } };

/**
 * Attributes for a picture's text alternative. On H5 it must be on the native `img` inside the element, which Taro sets
 * by an attribute that WeChat does not have.
 */
export function pictureAttributes(alt: string): Record<string, unknown> {
  if (isH5) return alt === "" ? silent : { nativeProps: { alt } };
  return alt === "" ? {} : { ariaLabel: alt };
}
