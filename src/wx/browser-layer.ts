import { eventCenter } from "@tarojs/runtime";

interface Layer {
  role: "dialog" | "alertdialog";
  /** What a screen reader calls it. */
  label: string;
  /** Closes it as a no: with Escape, and with any way to another page, since what it asks is about this one. */
  leave: () => void;
}

/**
 * Makes an element that lies over the page of a browser all there is: it takes the focus and keeps it. Returns what
 * ends that and gives the focus back.
 */
export function openBrowserLayer(element: HTMLElement, { role, label, leave }: Layer): () => void {
  const before = document.activeElement;
  element.setAttribute("role", role);
  element.setAttribute("aria-modal", "true");
  element.setAttribute("aria-label", label);

  const onKey = (event: KeyboardEvent): void => {
    if (!isTopmost(element) || event.isComposing) return;
    if (event.key === "Escape") leave();
    if (event.key !== "Tab") return;
    event.preventDefault();
    const stops = stopsIn(element);
    const at = stops.findIndex((stop) => stop === document.activeElement);
    stops[(at + (event.shiftKey ? -1 : 1) + stops.length) % stops.length]?.focus();
  };

  document.addEventListener("keydown", onKey, true);
  // Of Taro's router, before it turns to another page: the phone's Back, an address, a step that leads on.
  eventCenter.on("__taroRouterChange", leave);
  takeFocus(element);

  return () => {
    document.removeEventListener("keydown", onKey, true);
    eventCenter.off("__taroRouterChange", leave);
    if (before instanceof HTMLElement) before.focus({ preventScroll: true });
  };
}

/**
 * While Taro's elements are drawn and put in their places they cannot have the focus, or lose it: after so many
 * frames with it they are.
 */
const SETTLE_FRAMES = 30;

function takeFocus(element: HTMLElement, frames = SETTLE_FRAMES): void {
  if (!element.isConnected) return;
  const isIn = element.contains(document.activeElement);
  if (!isIn) stopsIn(element)[0]?.focus();
  if (frames > 0) requestAnimationFrame(() => takeFocus(element, isIn ? frames - 1 : SETTLE_FRAMES));
}

/** Whether nothing lies over it in turn: a question over a sheet. */
const isTopmost = (element: HTMLElement): boolean => [...document.querySelectorAll("[aria-modal]")].pop() === element;

/** Where Tab stops. */
const stopsIn = (element: HTMLElement): HTMLElement[] =>
  [...element.querySelectorAll<HTMLElement>("button, input, textarea, [tabindex]:not([tabindex='-1'])")].filter(
    (stop) => stop.getClientRects().length > 0,
  );
