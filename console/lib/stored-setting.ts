import { useCallback, useState } from "react";

/** The storage key contains the user id, so that two people who share a computer do not share settings. */
const nameOf = (userId: string, what: string): string => `dianxiaoer.console.${what}.${userId}`;

/**
 * A setting that is stored in this browser, such as hidden columns. An unreadable value counts as missing. It is not
 * stored on the server, because it depends on the screen and no record needs it.
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
        // Without storage the setting lasts until the page is left.
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
