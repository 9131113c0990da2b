import { overPage } from "./over-page";

export interface Question {
  title: string;
  content: string;
  yes: string;
  no: string;
}

/** A question over the page of a browser; Escape and the ground around it are a no. Taro's own has small, pale words. */
export function askInBrowser({ title, content, yes, no }: Question): Promise<boolean> {
  const before = document.activeElement;
  const cover = overPage("dialog", "alertdialog");
  cover.setAttribute("aria-modal", "true");
  cover.setAttribute("aria-label", title);
  const paper = part("div", "dialog__paper", "");
  const buttons = part("div", "dialog__buttons", "");
  const refuse = part("button", "dialog__button", no);
  const agree = part("button", "dialog__button dialog__button--yes", yes);
  buttons.append(refuse, agree);
  paper.append(part("div", "title", title), part("div", "dialog__words", content), buttons);
  cover.append(paper);

  return new Promise((resolve) => {
    const end = (answer: boolean): void => {
      cover.remove();
      document.removeEventListener("keydown", onKey, true);
      if (before instanceof HTMLElement) before.focus();
      resolve(answer);
    };
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === "Escape") end(false);
      if (event.key !== "Tab") return;
      // Nothing behind the question can be reached while it stands.
      event.preventDefault();
      (document.activeElement === refuse ? agree : refuse).focus();
    };
    cover.addEventListener("click", (event) => {
      if (event.target === cover) end(false);
    });
    refuse.addEventListener("click", () => end(false));
    agree.addEventListener("click", () => end(true));
    document.addEventListener("keydown", onKey, true);
    document.body.append(cover);
    refuse.focus();
  });
}

function part(tag: "div" | "button", className: string, text: string): HTMLElement {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
}
