import { type RefObject, useEffect, useRef } from "react";
import { openBrowserLayer } from "./browser-layer";

/** Applies {@link openBrowserLayer} to an element of a page. */
export function useBrowserModal(label: string, leave: () => void): RefObject<HTMLElement> {
  const element = useRef<HTMLElement>(null);
  const latest = useRef(leave);
  latest.current = leave;
  useEffect(
    () =>
      element.current
        ? openBrowserLayer(element.current, { role: "dialog", label, leave: () => latest.current() })
        : undefined,
    [label],
  );
  return element;
}
