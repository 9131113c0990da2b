import { openBrowserLayer } from "./browser-layer";
import { overPage } from "./over-page";

export interface Question {
  title: string;
  content: string;
  yes: string;
  no: string;
}

/**
 * A confirm dialog for browsers. Clicking outside or leaving answers null. It replaces Taro's dialog, whose text is
 * small and pale.
 */
export function askInBrowser({ title, content, yes, no }: Question): Promise<boolean | null> {
  const cover = overPage("dialog");
  const paper = part("div", "dialog__paper", "");
  const buttons = part("div", "dialog__buttons", "");
  const refuse = part("button", "dialog__button", no);
  const agree = part("button", "dialog__button dialog__button--yes", yes);
  buttons.append(refuse, agree);
  paper.append(part("div", "title", title), part("div", "dialog__words", content), buttons);
  cover.append(paper);

  return new Promise((resolve) => {
    const end = (answer: boolean | null): void => {
      cover.remove();
      giveBack();
      resolve(answer);
    };
    cover.addEventListener("click", (event) => {
      if (event.target === cover) end(null);
    });
    refuse.addEventListener("click", () => end(false));
    agree.addEventListener("click", () => end(true));
    document.body.append(cover);
    const giveBack = openBrowserLayer(cover, { role: "alertdialog", label: title, leave: () => end(null) });
  });
}

function part(tag: "div" | "button", className: string, text: string): HTMLElement {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
}
