/** A cell of a Markdown table: one line, with vertical bars escaped. */
const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("\n", " ");

/** A Markdown table. */
export const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  [heads, heads.map(() => "---"), ...rows].map((row) => `| ${row.map(cell).join(" | ")} |`).join("\n");

/** A Markdown page: blocks with an empty line between them. */
export const page = (...blocks: readonly string[]): string => `${blocks.join("\n\n")}\n`;
