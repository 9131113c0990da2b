/** A part of a list, and where the next part begins; null: there is none. */
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}
