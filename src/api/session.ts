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

export interface SessionStore extends Omit<Store<SessionState>, "set"> {
  /** Somebody logged in. */
  begin(session: Session): void;
  /** New tokens of the same login. */
  renew(tokens: Tokens): void;
  /**
   * Takes up what the server is being asked of the person; not when they log out or change their role before the
   * answer comes.
   */
  update(asked: Promise<Me>): Promise<void>;
  end(): void;
  /**
   * Reads the device again: another tab may have refreshed or logged out meanwhile. Where somebody else logged in
   * there, nobody is logged in here any more.
   */
  reload(): SessionState;
}

const KEY = "session";
const nobody: SessionState = { tokens: null, me: null };

/** A person in a role. */
export const whoOf = (me: Me | null): string | null => me && `${me.id} ${me.actingAs.membershipId}`;

/** A session that survives a restart of the app. */
export function createSession(storage: KeyValue): SessionStore {
  const store = createStore(read(storage));
  /** Counts how often a person in a role came to an end: an answer asked for before says nothing of what is now. */
  let epoch = 0;
  const set = (state: SessionState): void => {
    const before = whoOf(store.get().me);
    if (before !== null && before !== whoOf(state.me)) epoch += 1;
    store.set(state);
  };
  const keep = (state: SessionState): void => {
    storage.set(KEY, state);
    set(state);
  };
  const isKept = (): boolean => read(storage).me?.id === store.get().me?.id;
  /** What another tab has put away by a logout or another login is not written to the device again. */
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
    end() {
      storage.remove(KEY);
      set(nobody);
    },
    reload() {
      const kept = read(storage);
      if (!isKept()) set(nobody);
      else if (kept.tokens?.accessToken !== store.get().tokens?.accessToken) set(kept);
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
