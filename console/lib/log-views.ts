/** A saved view of the log: a name, the filters as the address has them, and the hidden columns. */
export interface LogView {
  name: string;
  search: string;
  hidden: readonly string[];
}

/** A list longer than this would be too long to find a view in. */
export const MAX_VIEWS = 20;
/** The columns that may be hidden. Position, time and event are always shown. */
export const optionalColumns = ["community", "type", "no", "service", "actor", "seal"] as const;

const isText = (value: unknown): value is string => typeof value === "string";

/** Reads stored hidden columns; values that are no optional columns are ignored. */
export const readHidden = (value: unknown): readonly string[] =>
  Array.isArray(value) ? optionalColumns.filter((column) => value.includes(column)) : [];

/** Reads stored views; invalid ones are ignored. */
export const readViews = (value: unknown): readonly LogView[] =>
  (Array.isArray(value) ? (value as unknown[]) : []).flatMap((one) => {
    const { name, search, hidden } = (one ?? {}) as Record<string, unknown>;
    return isText(name) && name && isText(search) ? [{ name, search, hidden: readHidden(hidden) }] : [];
  });

/** Adds a view. A view with the same name is replaced. */
export const withView = (views: readonly LogView[], view: LogView): readonly LogView[] =>
  [...views.filter(({ name }) => name !== view.name), view].slice(-MAX_VIEWS);
