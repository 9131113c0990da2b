import type { RefObject } from "react";
import { useBrowserModal } from "./browser-modal";

/**
 * For a sheet: in a browser nothing behind it can be reached while it is there. In WeChat there is neither focus nor
 * Escape.
 */
export function useModal(label: string, leave: () => void): RefObject<HTMLElement> | undefined {
  // Spelt out for the bundler.
  // oxlint-disable-next-line react/hooks -- a build has one platform and never the other
  return process.env.TARO_ENV === "h5" ? useBrowserModal(label, leave) : undefined;
}
