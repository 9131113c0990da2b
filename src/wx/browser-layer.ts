import { eventCenter } from "@tarojs/runtime";

interface Layer {
  role: "dialog" | "alertdialog";
  /** The accessible name. */
  label: string;
  /**
   * Closes the layer as a refusal: on Escape, and when another page is opened, because the layer belongs to this page.
   */
  leave: () => void;
}

/**
 * Makes an element modal in a browser: it takes the focus and keeps it. Returns a function that closes it and returns
 * the focus.
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
  // Taro's router emits this before it changes the page: by the Back button, by an address, or by a step.
  eventCenter.on("__taroRouterChange", leave);
  takeFocus(element);

  return () => {
    document.removeEventListener("keydown", onKey, true);
    eventCenter.off("__taroRouterChange", leave);
    if (before instanceof HTMLElement) before.focus({ preventScroll: true });
  };
}

/**
 * Elements that Taro is still placing cannot keep the focus. It is set again in each frame until it has stayed for this
 * many frames.
 */
const SETTLE_FRAMES = 30;

function takeFocus(element: HTMLElement, frames = SETTLE_FRAMES): void {
  if (!element.isConnected) return;
  const isIn = element.contains(document.activeElement);
  if (!isIn) stopsIn(element)[0]?.focus();
  if (frames > 0) requestAnimationFrame(() => takeFocus(element, isIn ? frames - 1 : SETTLE_FRAMES));
}

/** Whether no other modal element lies over it, such as a dialog over a sheet. */
const isTopmost = (element: HTMLElement): boolean => [...document.querySelectorAll("[aria-modal]")].pop() === element;

/** The elements that Tab reaches. */
const stopsIn = (element: HTMLElement): HTMLElement[] =>
  [...element.querySelectorAll<HTMLElement>("button, input, textarea, [tabindex]:not([tabindex='-1'])")].filter(
    (stop) => stop.getClientRects().length > 0,
  );
