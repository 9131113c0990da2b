import type { Session } from "../../contract/index.ts";
import { randomKey } from "./idempotency-keys.ts";

/** A login. All tabs of the browser share it, and its refresh token, which is in a cookie that no script can read. */
export interface Tokens {
  /** Kept in the memory of this tab only; null until the tab has asked for one. */
  accessToken: string | null;
  /** The id of this login. A refresh does not change it. */
  login: string;
  /** Whose login it is. Null for one that an earlier version of the console stored. */
  userId: string | null;
  /** When the login ends; absent until this tab has asked for an access token. */
  limits?: Session["console"];
  /** The refresh token that an earlier version of the console stored. The first refresh moves it into the cookie. */
  refreshToken?: string | undefined;
}

/** A newly opened session, with a new login id. */
export const newLogin = ({ accessToken, user, console: limits }: Session): Tokens => ({
  ...{ accessToken, limits },
  login: randomKey(),
  userId: user.id,
});

/** The login of the browser, and this tab's access token. */
export interface SessionStore {
  read(): Tokens | null;
  write(tokens: Tokens): void;
  /** Ends the login in all tabs. `left`: the person has logged out, so that nothing of theirs stays on screen. */
  end(how: "left" | "ended"): void;
  /** Whether the last login has ended without a logout. */
  hasEnded(): boolean;
  /** Calls the listener after each change, including changes by another tab. Returns a function that unsubscribes. */
  subscribe(listener: () => void): () => void;
}

/** The key of the login's id and person. Neither gives access. */
const KEY = "dianxiaoer.console.login";
/** The key under which earlier versions of the console stored both tokens. */
const OLD_KEY = "dianxiaoer.console.session";

function parse(stored: string | null): Partial<Record<keyof Tokens | "ended", unknown>> {
  try {
    const value: unknown = JSON.parse(stored ?? "null");
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}

/** The browser's login as the local storage has it. */
function readLogin(): Tokens | null {
  const { login, userId } = parse(localStorage.getItem(KEY));
  if (typeof login !== "string") return null;
  return { accessToken: null, login, userId: typeof userId === "string" ? userId : null };
}

/** Takes an earlier version's tokens out of the local storage. */
function takeOldLogin(): Tokens | null {
  const { refreshToken } = parse(localStorage.getItem(OLD_KEY));
  localStorage.removeItem(OLD_KEY);
  return typeof refreshToken === "string"
    ? { accessToken: null, login: randomKey(), userId: null, refreshToken }
    : null;
}

/** The store of a browser tab. */
export function browserSessionStore(): SessionStore {
  const listeners = new Set<() => void>();
  const tell = () => listeners.forEach((listener) => listener());
  let mine: Tokens | null = null;
  window.addEventListener("storage", (event) => {
    if (event.key === KEY || event.key === null) tell();
  });
  function store(tokens: Tokens | null, kept: object) {
    mine = tokens;
    localStorage.setItem(KEY, JSON.stringify(kept));
    tell();
  }
  const write = (tokens: Tokens) => store(tokens, { login: tokens.login, userId: tokens.userId });
  const old = takeOldLogin();
  if (old) write(old);
  return {
    read() {
      const login = readLogin();
      return login && mine?.login === login.login ? mine : login;
    },
    write,
    end: (how) => store(null, { ended: how === "ended" }),
    hasEnded: () => parse(localStorage.getItem(KEY)).ended === true,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
