import { overPage } from "./over-page";

const SHOWN = 2000;

/**
 * A short line over the page of a browser, announced to screen readers, that goes by itself. The newest replaces the
 * last.
 */
export function toastInBrowser(title: string): void {
  document.querySelector(".toast")?.remove();
  const line = overPage("toast");
  line.setAttribute("role", "status");
  line.textContent = title;
  document.body.append(line);
  setTimeout(() => line.remove(), SHOWN);
}
