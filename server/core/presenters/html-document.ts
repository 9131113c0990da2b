import { type ReactElement, type ReactNode, createElement as h } from "react";
import { renderToStaticMarkup } from "react-dom/server";

/** The style sheet. It has no character that React escapes in a text. */
const styles = `
body{font:16px/1.7 system-ui,sans-serif;max-width:46em;margin:2em auto;padding:0 1em;color:#222}
h2{border-bottom:2px solid #a33;margin-top:2em}h3{margin:1.5em 0 .3em}
dl{display:grid;grid-template-columns:8em 1fr;gap:.2em 1em;margin:0}dt{color:#555}dd{margin:0}
table{border-collapse:collapse;width:100%;margin:.5em 0}th,td{border:1px solid #ccc;padding:.3em .5em;text-align:left;vertical-align:top}
`;

/** A label and its value. A fact whose value is null or empty is left out. */
export type Fact = readonly [name: string, value: string | null];

/** A text with its line breaks. React escapes it, so user input is never markup. */
const lines = (text: string): ReactNode[] =>
  text.split("\n").flatMap((line, n) => (n === 0 ? [line] : [h("br", { key: n }), line]));

/** Facts as a list. */
export const facts = (list: readonly Fact[]): ReactElement =>
  h(
    "dl",
    null,
    ...list.flatMap(([name, value]) =>
      value === null || value === "" ? [] : [h("dt", null, name), h("dd", null, ...lines(value))],
    ),
  );

/** A table, or 没有 when it has no rows. */
export const table = (heads: readonly string[], rows: readonly (readonly string[])[]): ReactElement =>
  rows.length === 0
    ? h("p", null, "没有")
    : h(
        "table",
        null,
        h("thead", null, h("tr", null, ...heads.map((head) => h("th", null, head)))),
        h("tbody", null, ...rows.map((row) => h("tr", null, ...row.map((cell) => h("td", null, ...lines(cell)))))),
      );

/** A section of the page with its heading. */
export const section = (title: string, ...body: ReactNode[]): ReactElement =>
  h("section", null, h("h2", null, title), ...body);

/** A page to read or print that loads no other resource. */
export function renderDocument(title: string, ...body: ReactNode[]): string {
  const page = h(
    "html",
    { lang: "zh-CN" },
    h(
      "head",
      null,
      h("meta", { charSet: "utf-8" }),
      h("meta", { name: "viewport", content: "width=device-width" }),
      h("title", null, title),
      h("style", null, styles),
    ),
    h("body", null, ...body),
  );
  return `<!doctype html>${renderToStaticMarkup(page)}`;
}
