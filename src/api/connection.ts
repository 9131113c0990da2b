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

/** The person logged in, as last heard; null when nobody is. */
export function useMe(): Me | null {
  return useSyncExternalStore(session.subscribe, session.get, session.get).me;
}

/** Whether calls in somebody's name make sense: on weapp a login needs no asking, on H5 it needs a person. */
export const mayCallAsUser = (me: Me | null): boolean => me !== null || !isH5;

/** Asks the server who this is. Silent: what fails here shows where it matters. */
export async function refreshMe(): Promise<void> {
  if (!mayCallAsUser(session.get().me)) return;
  try {
    await session.update(call("GET /api/me"));
  } catch {
    // The page's own queries say what is wrong.
  }
}
