import type { Session } from "../../contract/index.ts";

/** The two tokens of a login. */
export type Tokens = Pick<Session, "accessToken" | "refreshToken">;

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
    const { accessToken, refreshToken } = value as Partial<Tokens>;
    return typeof accessToken === "string" && typeof refreshToken === "string" ? { accessToken, refreshToken } : null;
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
      if (tokens)
        localStorage.setItem(
          KEY,
          JSON.stringify({ accessToken: tokens.accessToken, refreshToken: tokens.refreshToken }),
        );
      else localStorage.removeItem(KEY);
      tell();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
