import { isH5 } from "./platform";

const silent = { nativeProps: { alt: "" } };

/**
 * What a screen reader says of a picture. H5 draws an `img` of its own, whose words Taro takes in a way that WeChat
 * does not know.
 */
export function pictureAttributes(alt: string): Record<string, unknown> {
  if (isH5) return alt === "" ? silent : { nativeProps: { alt } };
  return alt === "" ? {} : { ariaLabel: alt };
}
