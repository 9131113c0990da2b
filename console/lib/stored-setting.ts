import { useCallback, useState } from "react";

/** Kept under names of this person, so that two who share a desk do not see each other's. */
const nameOf = (userId: string, what: string): string => `dianxiaoer.console.${what}.${userId}`;

/**
 * Something that a person keeps in this browser; an unreadable value counts as missing. Not with the server: it is
 * how somebody likes to look at lists, at the desk where the screen is as wide as it is, and holds nothing that
 * others or a record need.
 */
export function useStoredSetting<T>(
  userId: string,
  what: string,
  parse: (stored: unknown) => T,
): readonly [T, (value: T) => void] {
  const name = nameOf(userId, what);
  const [value, setValue] = useState<T>(() => parse(stored(name)));
  const keep = useCallback(
    (next: T) => {
      setValue(next);
      try {
        localStorage.setItem(name, JSON.stringify(next));
      } catch {
        // A browser that keeps nothing still shows it until the page is left.
      }
    },
    [name],
  );
  return [value, keep];
}

function stored(name: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(name) ?? "null");
  } catch {
    return null;
  }
}
