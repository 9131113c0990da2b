/**
 * Something that lies over the page of a browser, outside of it. Its text is as large as the page's: see
 * `enlargeOverPage`.
 */
export function overPage(className: string): HTMLElement {
  const element = document.createElement("div");
  element.className = className;
  return element;
}

/** What lies over the page follows it into large text and back. */
export function enlargeOverPage(large: boolean): void {
  document.body.classList.toggle("over--large", large);
}
