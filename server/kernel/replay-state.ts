/**
 * The state of an aggregate as it can be compared: by field, each as a word. Undefined: the log does not say, since
 * what said it was erased or is older than the field.
 */
export type ReplayedState<Field extends string> = Record<Field, ComparableValue | undefined>;
export type ComparableValue = string | number | boolean | null;

/** A field that the database has otherwise than the log. */
export interface Difference {
  field: string;
  stored: ComparableValue;
  replayed: ComparableValue;
}

/** An instant as a word. */
export const instant = (at: Date | null | undefined): string | null => at?.toISOString() ?? null;

/** A set of ids as a word. */
export const sortedList = (ids: readonly string[]): string => ids.toSorted().join("、");

/** What the database has otherwise than the log says. */
export const differences = <Field extends string>(
  stored: Record<Field, ComparableValue>,
  replayed: ReplayedState<Field>,
): Difference[] =>
  (Object.keys(stored) as Field[]).flatMap((field) => {
    const told = replayed[field];
    return told === undefined || told === stored[field] ? [] : [{ field, stored: stored[field], replayed: told }];
  });
