/**
 * Creates an element that lies over the page of a browser, outside of the page's element. Its text size follows
 * `enlargeOverPage`.
 */
export function overPage(className: string): HTMLElement {
  const element = document.createElement("div");
  element.className = className;
  return element;
}

/** Switches large text for elements over the page. */
export function enlargeOverPage(large: boolean): void {
  document.body.classList.toggle("over--large", large);
}
