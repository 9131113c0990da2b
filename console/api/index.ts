import { createPersonCheck } from "./confirm-person.ts";
import { createClient } from "./client.ts";
import { type SessionStore, browserSessionStore } from "./session-store.ts";

/** The question for the password before a protected step. */
export const personCheck = createPersonCheck();

/** This browser's login. */
export const session: SessionStore = browserSessionStore();

/** The API, with this browser's login. */
export const { call, read, fetchFile, sendFile } = createClient({
  fetch: (...args) => fetch(...args),
  store: session,
  confirmPerson: personCheck.ask,
  timeout: 15_000,
});
