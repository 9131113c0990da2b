import { words } from "../i18n";
import { openBrowserLayer } from "./browser-layer";
import { overPage } from "./over-page";

/** A full-screen photo viewer for browsers: a tap or arrow key shows the next photo, the button or Escape closes it. */
export function viewInBrowser(urls: readonly string[], start: number): void {
  let at = Math.max(0, start);
  const cover = overPage("photo-viewer");
  const image = document.createElement("img");
  const close = document.createElement("button");
  close.textContent = words.common.close;
  image.className = "photo-viewer__image";
  close.className = "photo-viewer__close";
  cover.append(image, close);

  const show = (): void => {
    image.src = urls[at] ?? "";
    image.alt = words.common.photoOf(at + 1);
  };
  const step = (by: number): void => {
    at = (at + by + urls.length) % urls.length;
    show();
  };
  const end = (): void => {
    cover.remove();
    giveBack();
    document.removeEventListener("keydown", onKey);
  };
  const onKey = ({ key }: KeyboardEvent): void => {
    if (key === "ArrowRight") step(1);
    if (key === "ArrowLeft") step(-1);
  };

  image.addEventListener("click", () => step(1));
  close.addEventListener("click", end);
  document.addEventListener("keydown", onKey);
  show();
  document.body.append(cover);
  const giveBack = openBrowserLayer(cover, { role: "dialog", label: words.common.photos, leave: end });
}
