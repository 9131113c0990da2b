import { type ReactNode, createContext, useCallback, useContext, useEffect, useMemo, useRef, useState } from "react";
import type { Input, Me, Session } from "../../contract/index.ts";
import { type ApiError, toApiError } from "./error.ts";
import { call, session } from "./index.ts";
import { queryKeyOf } from "./query-client.ts";
import { newLogin } from "./session-store.ts";
import { useLoaded } from "./use-loaded.ts";

const ME_POLL_MS = 60_000;

const isSame = (a: Me, b: Me): boolean =>
  a.name === b.name && JSON.stringify([a.actingAs, a.memberships]) === JSON.stringify([b.actingAs, b.memberships]);

/** The login state. `unknown`: the server is being asked. `nobody`: the login page is shown next. */
export type Login =
  | { state: "unknown" }
  | { state: "failed"; error: ApiError }
  | { state: "nobody" }
  /**
   * `ended`: the login page is in front of the person's pages, which stay as they are until the same person is back.
   */
  | { state: "somebody"; me: Me; ended?: boolean };

interface LoginControls {
  login: Login;
  /**
   * Logs in with account and password, and with the code or new password that the server asked for. Throws ApiError.
   */
  logIn: (typed: Input<"POST /api/auth/password">["body"]) => Promise<void>;
  /** Uses a session that was opened in another way, such as by setting up a second factor. */
  take: (opened: Session) => void;
  logOut: () => Promise<void>;
  /** Ends the login for being idle or for its time. The pages wait for their person. */
  end: () => void;
  /** Switches to another role. Throws ApiError. */
  actAs: (membershipId: string) => Promise<void>;
  /** Reads the person and role again, without a loading state. */
  refresh: () => Promise<Me>;
  retry: () => void;
}

const Context = createContext<LoginControls | null>(null);

/** Holds the login of this browser and shares it with the pages below. */
export function LoginProvider({ children }: { children: ReactNode }) {
  const [login, setLogin] = useState<Login>(() => (session.read() ? { state: "unknown" } : { state: "nobody" }));
  const [tries, setTries] = useState(0);
  /** The id of the login whose person `login` holds. */
  const known = useRef(session.read()?.login);

  useEffect(
    () =>
      session.subscribe(() => {
        const now = session.read()?.login;
        if (now === known.current) return;
        known.current = now;
        // Another tab has logged in, possibly as another person.
        setLogin((old) => {
          if (now !== undefined) return { state: "unknown" };
          return old.state === "somebody" && session.hasEnded() ? { ...old, ended: true } : { state: "nobody" };
        });
        setTries((n) => n + 1);
      }),
    [],
  );

  const asking = login.state === "unknown";
  useEffect(() => {
    if (!asking) return undefined;
    const ended = new AbortController();
    call("GET /api/me", undefined, { signal: ended.signal }).then(
      (me) => setLogin({ state: "somebody", me }),
      (thrown: unknown) => {
        if (ended.signal.aborted) return;
        setLogin(session.read() ? { state: "failed", error: toApiError(thrown) } : { state: "nobody" });
      },
    );
    return () => ended.abort();
  }, [asking, tries]);

  /**
   * Counts the role switches in this tab. An answer that was asked for before a switch has the previous role and is
   * dropped.
   */
  const turn = useRef(0);
  const refresh = useCallback(async () => {
    const mine = turn.current;
    const me = await call("GET /api/me");
    // The state changes only when the person has changed, so that nothing is rendered without need.
    if (mine === turn.current)
      setLogin((old) => (old.state === "somebody" && isSame(old.me, me) ? old : { state: "somebody", me }));
    return me;
  }, []);

  const take = useCallback((opened: Session) => {
    // The person is set before the tokens: the session's listeners must not find a login without a person.
    const tokens = newLogin(opened);
    known.current = tokens.login;
    setLogin({ state: "somebody", me: opened.user });
    session.write(tokens);
  }, []);

  const logIn = useCallback(
    async (body: Input<"POST /api/auth/password">["body"]) => take(await call("POST /api/auth/password", { body })),
    [take],
  );

  const logOut = useCallback(async () => {
    const mine = session.read()?.login;
    // The local tokens are removed even when the call fails. The server's session then expires by itself.
    await call("POST /api/auth/logout").catch(() => undefined);
    if (session.read()?.login === mine) session.end("left");
  }, []);

  const end = useCallback(() => {
    // The call has taken the token when the login is ended here. The server ends the session by itself, too.
    call("POST /api/auth/logout").catch(() => undefined);
    session.end("ended");
  }, []);

  const actAs = useCallback(async (membershipId: string) => {
    const me = await call("PATCH /api/me", { body: { actingAs: membershipId } });
    turn.current += 1;
    setLogin({ state: "somebody", me });
  }, []);

  const retry = useCallback(() => {
    setLogin({ state: "unknown" });
    setTries((n) => n + 1);
  }, []);

  const value = useMemo(
    () => ({ login, logIn, take, logOut, end, actAs, refresh, retry }),
    [login, logIn, take, logOut, end, actAs, refresh, retry],
  );
  return <Context.Provider value={value}>{children}</Context.Provider>;
}

/** The login and its controls. Throws outside of {@link LoginProvider}. */
export function useLogin(): LoginControls {
  const value = useContext(Context);
  if (!value) throw new Error("useLogin needs LoginProvider");
  return value;
}

/** The logged-in person. Throws on pages that are shown without a login. */
export function useMe(): Me {
  const { login } = useLogin();
  if (login.state !== "somebody") throw new Error("useMe needs somebody");
  return login.me;
}

/**
 * Refetches the person when another tab may have switched roles. To be used once, in a component that only logged-in
 * people see.
 */
export function useFreshMe(): void {
  const { refresh } = useLogin();
  useLoaded(queryKeyOf("GET /api/me", {}), refresh, {
    pollMs: ME_POLL_MS,
    // The login has just returned the person, so no fetch is needed on mount.
    initialData: useMe(),
    staleTime: Infinity,
  });
}
