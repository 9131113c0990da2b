import type { RefObject } from "react";
import { useBrowserModal } from "./browser-modal";

/**
 * Makes a sheet modal in a browser: nothing behind it can be reached. Does nothing in WeChat, which has neither focus
 * nor Escape.
 */
export function useModal(label: string, leave: () => void): RefObject<HTMLElement> | undefined {
  // Written out, so that the bundler can drop a branch.
  // oxlint-disable-next-line react/hooks -- a build has one platform and never the other
  return process.env.TARO_ENV === "h5" ? useBrowserModal(label, leave) : undefined;
}
