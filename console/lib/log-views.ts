/** A saved view of the log: a name, the filters as the address holds them, and the columns that are hidden. */
export interface LogView {
  name: string;
  search: string;
  hidden: readonly string[];
}

/** More than anybody finds again. */
export const MAX_VIEWS = 20;
/** Columns that may be hidden; position, time and what happened are what a row of a record is. */
export const optionalColumns = ["community", "type", "no", "service", "actor", "seal"] as const;

const isText = (value: unknown): value is string => typeof value === "string";

/** What was kept, as far as it is columns that may be hidden. */
export const readHidden = (value: unknown): readonly string[] =>
  Array.isArray(value) ? optionalColumns.filter((column) => value.includes(column)) : [];

/** What was kept, as far as it is views. */
export const readViews = (value: unknown): readonly LogView[] =>
  (Array.isArray(value) ? (value as unknown[]) : []).flatMap((one) => {
    const { name, search, hidden } = (one ?? {}) as Record<string, unknown>;
    return isText(name) && name && isText(search) ? [{ name, search, hidden: readHidden(hidden) }] : [];
  });

/** The views with one more; one of the same name is replaced. */
export const withView = (views: readonly LogView[], view: LogView): readonly LogView[] =>
  [...views.filter(({ name }) => name !== view.name), view].slice(-MAX_VIEWS);
