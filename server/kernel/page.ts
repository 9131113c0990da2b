/** A part of a list. `nextCursor`: where the next part begins; null at the end. */
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}
