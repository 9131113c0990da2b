import type { Session } from "../../contract/index.ts";
import { randomKey } from "./idempotency-keys.ts";

/** The two tokens of a login. Renewed they are others, of the same `login`. */
export type Tokens = Pick<Session, "accessToken" | "refreshToken"> & { login: string };

/** The tokens of a login that was opened just now. */
export const newLogin = ({ accessToken, refreshToken }: Session): Tokens => ({
  accessToken,
  refreshToken,
  login: randomKey(),
});

/** Where the tokens are kept; one login is shared by every tab of the browser. */
export interface SessionStore {
  read(): Tokens | null;
  write(tokens: Tokens | null): void;
  /** Calls back after each change, also one made by another tab. Returns what ends it. */
  subscribe(listener: () => void): () => void;
}

const KEY = "dianxiaoer.console.session";

const parse = (stored: string | null): Tokens | null => {
  if (!stored) return null;
  try {
    const value: unknown = JSON.parse(stored);
    if (typeof value !== "object" || value === null) return null;
    // Kept by an earlier console, they have no login's name: all of those are one.
    const { accessToken, refreshToken, login = "" } = value as Partial<Tokens>;
    if (typeof accessToken !== "string" || typeof refreshToken !== "string") return null;
    return { accessToken, refreshToken, login };
  } catch {
    return null;
  }
};

/** A store in the browser's local storage. */
export function browserSessionStore(): SessionStore {
  const listeners = new Set<() => void>();
  const tell = () => listeners.forEach((listener) => listener());
  window.addEventListener("storage", (event) => {
    if (event.key === KEY || event.key === null) tell();
  });
  return {
    read: () => parse(localStorage.getItem(KEY)),
    write(tokens) {
      if (tokens) localStorage.setItem(KEY, JSON.stringify(tokens));
      else localStorage.removeItem(KEY);
      tell();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
