/** A cell of a Markdown table: one line, with its bars escaped. */
const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ");

/** A Markdown table. */
export const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  [heads, heads.map(() => "---"), ...rows].map((row) => `| ${row.map(cell).join(" | ")} |`).join("\n");

/** A page of Markdown: blocks with an empty line between. */
export const page = (...blocks: readonly string[]): string => `${blocks.join("\n\n")}\n`;
