import type { Me, Session } from "../../contract/index.ts";
import { type Store, createStore } from "../lib/store";
import type { KeyValue } from "../wx/storage";

export interface Tokens {
  /** Null until a tab of a browser has asked for one. */
  accessToken: string | null;
  /** Absent in a browser, which keeps it in a cookie that no script can read. */
  refreshToken?: string | undefined;
}

/** The login on this device: the tokens, and the person as last received from the server. */
export interface SessionState {
  tokens: Tokens | null;
  me: Me | null;
}

export interface SessionStore extends Omit<Store<SessionState>, "set"> {
  /** Stores a new login. */
  begin(session: Session): void;
  /** Stores refreshed tokens of the same login. */
  renew(tokens: Tokens): void;
  /** Stores the person when `asked` resolves, unless the person has logged out or changed the role meanwhile. */
  update(asked: Promise<Me>): Promise<void>;
  end(): void;
  /** Leaves the stored login to the person who has logged in in another tab. Nobody is logged in in this one. */
  leave(): void;
  /**
   * Reads the stored login again, because another browser tab may have refreshed or logged out. When another person has
   * logged in there, this tab has no login any more.
   */
  reload(): SessionState;
}

const KEY = "session";
const nobody: SessionState = { tokens: null, me: null };

/** Identifies a person in a role. */
export const whoOf = (me: Me | null): string | null => me && `${me.id} ${me.actingAs.membershipId}`;

/** Creates a session that is stored on the device and survives a restart of the app. */
export function createSession(storage: KeyValue): SessionStore {
  const store = createStore(read(storage));
  /** Counts ends of a person's role. An answer that was asked for before such an end is dropped. */
  let epoch = 0;
  const set = (state: SessionState): void => {
    const before = whoOf(store.get().me);
    if (before !== null && before !== whoOf(state.me)) epoch += 1;
    store.set(state);
  };
  const keep = (state: SessionState): void => {
    const isCookie = state.tokens !== null && state.tokens.refreshToken === undefined;
    storage.set(KEY, isCookie ? { ...state, tokens: { accessToken: null } } : state);
    set(state);
  };
  const isKept = (): boolean => read(storage).me?.id === store.get().me?.id;
  /** When another tab has logged out or logged in anew, this tab must not write its old login to the device. */
  const change = (part: Partial<SessionState>): void => {
    const state = { ...store.get(), ...part };
    if (isKept()) keep(state);
    else set(state);
  };
  return {
    get: store.get,
    subscribe: store.subscribe,
    begin: ({ accessToken, refreshToken, user }) => keep({ tokens: { accessToken, refreshToken }, me: user }),
    renew: ({ accessToken, refreshToken }) => change({ tokens: { accessToken, refreshToken } }),
    async update(asked) {
      const at = epoch;
      const me = await asked;
      if (at === epoch) change({ me });
    },
    leave: () => set(nobody),
    end() {
      storage.remove(KEY);
      set(nobody);
    },
    reload() {
      const kept = read(storage);
      if (!isKept()) set(nobody);
      else if (kept.tokens?.accessToken && kept.tokens.accessToken !== store.get().tokens?.accessToken) set(kept);
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
