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

/** Who is logged in. `unknown`: being asked for; `nobody`: the login page is next. */
export type Login =
  | { state: "unknown" }
  | { state: "failed"; error: ApiError }
  | { state: "nobody" }
  | { state: "somebody"; me: Me };

interface LoginControls {
  login: Login;
  /** Logs in with an account, and what else it asks for. Throws ApiError. */
  logIn: (typed: Input<"POST /api/auth/password">["body"]) => Promise<void>;
  /** Takes up a login that was opened in another way. */
  take: (opened: Session) => void;
  logOut: () => Promise<void>;
  /** Takes up another role; throws ApiError. */
  actAs: (membershipId: string) => Promise<void>;
  /** Asks who one is now, quietly. */
  refresh: () => Promise<Me>;
  retry: () => void;
}

const Context = createContext<LoginControls | null>(null);

/** Holds the login of this browser and shares it with the pages below. */
export function LoginProvider({ children }: { children: ReactNode }) {
  const [login, setLogin] = useState<Login>(() => (session.read() ? { state: "unknown" } : { state: "nobody" }));
  const [tries, setTries] = useState(0);
  /** The login that `login` says who it is of. */
  const known = useRef(session.read()?.login);

  useEffect(
    () =>
      session.subscribe(() => {
        const now = session.read()?.login;
        if (now === known.current) return;
        known.current = now;
        // Another tab has logged in, maybe as somebody else.
        setLogin({ state: now === undefined ? "nobody" : "unknown" });
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

  /** Counts the roles that were taken up here: an answer from before one of them says who one was. */
  const turn = useRef(0);
  const refresh = useCallback(async () => {
    const mine = turn.current;
    const me = await call("GET /api/me");
    // Only a change is passed on, so that nothing is drawn anew without one.
    if (mine === turn.current)
      setLogin((old) => (old.state === "somebody" && isSame(old.me, me) ? old : { state: "somebody", me }));
    return me;
  }, []);

  const take = useCallback((opened: Session) => {
    // First who it is: the session's listeners must not find a login without a person.
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
    // The tokens here go in any case; the server's half ends by itself if it cannot be told now.
    await call("POST /api/auth/logout").catch(() => undefined);
    if (session.read()?.login === mine) session.write(null);
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
    () => ({ login, logIn, take, logOut, actAs, refresh, retry }),
    [login, logIn, take, logOut, actAs, refresh, retry],
  );
  return <Context.Provider value={value}>{children}</Context.Provider>;
}

/** The login and its controls; only below {@link LoginProvider}. */
export function useLogin(): LoginControls {
  const value = useContext(Context);
  if (!value) throw new Error("useLogin needs LoginProvider");
  return value;
}

/** Who is logged in; only on pages that are shown to somebody. */
export function useMe(): Me {
  const { login } = useLogin();
  if (login.state !== "somebody") throw new Error("useMe needs somebody");
  return login.me;
}

/** Keeps {@link useMe} fresh: another tab may have taken up another role. Once, where somebody is logged in. */
export function useFreshMe(): void {
  const { refresh } = useLogin();
  useLoaded(queryKeyOf("GET /api/me", {}), refresh, {
    pollMs: ME_POLL_MS,
    // The login has just said who one is.
    initialData: useMe(),
    staleTime: Infinity,
  });
}
