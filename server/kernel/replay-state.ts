/**
 * The comparable state of an aggregate by field. Undefined: the log does not state the field, since its row was erased
 * or is older than the field.
 */
export type ReplayedState<Field extends string> = Record<Field, ComparableValue | undefined>;

/** A field's value in the form in which it is compared. */
export type ComparableValue = string | number | boolean | null;

/** A field whose stored value differs from the replayed one. */
export interface Difference {
  field: string;
  stored: ComparableValue;
  replayed: ComparableValue;
}

/** An instant in comparable form. */
export const instant = (at: Date | null | undefined): string | null => at?.toISOString() ?? null;

/** A set of ids in comparable form. */
export const sortedList = (ids: readonly string[]): string => ids.toSorted().join("、");

/** The differences between the stored and the replayed state. */
export const differences = <Field extends string>(
  stored: Record<Field, ComparableValue>,
  replayed: ReplayedState<Field>,
): Difference[] =>
  (Object.keys(stored) as Field[]).flatMap((field) => {
    const told = replayed[field];
    return told === undefined || told === stored[field] ? [] : [{ field, stored: stored[field], replayed: told }];
  });
