import type { Actor } from "../../../kernel/actor.ts";
import type { Deps } from "../../../deps.ts";
import type { StoredNotice } from "../../store/notify/notices.ts";
import type { Page } from "../../store/requests/requests.ts";

/** The caller's notices, newest first, and how many are unread in all. Throws `cursor.invalid`. */
export async function listNotices(
  deps: Deps,
  actor: Actor,
  limit: number,
  cursor?: string,
): Promise<Page<StoredNotice> & { unread: number }> {
  const page = await deps.store.notices.list(actor.ids, limit, cursor);
  return { ...page, unread: await deps.store.notices.unread(actor.ids) };
}
