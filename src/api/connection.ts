import { useSyncExternalStore } from "react";
import type { Me } from "../../contract/index.ts";
import { wechatCode } from "../wx/login";
import { isH5 } from "../wx/platform";
import { storage } from "../wx/storage";
import { createClient } from "./client";
import { createSession } from "./session";
import { send } from "./transport";

export const session = createSession(storage);
const client = createClient({ send, session, wechatCode });

/** See {@link createClient}. */
export const call = client.call;
export const uploadPhoto = client.upload;

/** The logged-in person as last received from the server. Null when nobody is logged in. */
export function useMe(): Me | null {
  return useSyncExternalStore(session.subscribe, session.get, session.get).me;
}

/**
 * Whether calls that need a login can succeed: in WeChat the login needs no input, on H5 somebody must be logged in.
 */
export const mayCallAsUser = (me: Me | null): boolean => me !== null || !isH5;

/** Reads the logged-in person from the server. Failures are ignored here; the page's own queries show them. */
export async function refreshMe(): Promise<void> {
  if (!mayCallAsUser(session.get().me)) return;
  try {
    await session.update(call("GET /api/me"));
  } catch {
    // The page's own queries show the error.
  }
}
