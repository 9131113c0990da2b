import type { Me, Session } from "../../contract/index.ts";
import { type Store, createStore } from "../lib/store";
import type { KeyValue } from "../wx/storage";

export interface Tokens {
  accessToken: string;
  refreshToken: string;
}

/** Who is logged in on this device: the tokens, and the person as last heard from the server. */
export interface SessionState {
  tokens: Tokens | null;
  me: Me | null;
}

export interface SessionStore extends Store<SessionState> {
  /** A login or refresh succeeded. */
  begin(session: Session): void;
  /** The person's data changed. */
  update(me: Me): void;
  end(): void;
  /** Reads the device again: another tab may have refreshed or logged out meanwhile. */
  reload(): SessionState;
}

const KEY = "session";
const nobody: SessionState = { tokens: null, me: null };

/** A session that survives a restart of the app. */
export function createSession(storage: KeyValue): SessionStore {
  const store = createStore(read(storage));
  const keep = (state: SessionState): void => {
    storage.set(KEY, state);
    store.set(state);
  };
  return {
    ...store,
    set: keep,
    begin: ({ accessToken, refreshToken, user }) => keep({ tokens: { accessToken, refreshToken }, me: user }),
    update: (me) => keep({ ...store.get(), me }),
    end() {
      storage.remove(KEY);
      store.set(nobody);
    },
    reload() {
      const kept = read(storage);
      if (kept.tokens?.accessToken !== store.get().tokens?.accessToken) store.set(kept);
      return store.get();
    },
  };
}

function read(storage: KeyValue): SessionState {
  const kept = storage.get(KEY);
  return isSession(kept) ? kept : nobody;
}

function isSession(kept: unknown): kept is SessionState {
  return typeof kept === "object" && kept !== null && "tokens" in kept && "me" in kept;
}
