import { overPage } from "./over-page";

const SHOWN = 2000;

/** A toast for browsers, announced to screen readers. A new one replaces the previous one. */
export function toastInBrowser(title: string): void {
  document.querySelector(".toast")?.remove();
  const line = overPage("toast");
  line.setAttribute("role", "status");
  line.textContent = title;
  document.body.append(line);
  setTimeout(() => line.remove(), SHOWN);
}
