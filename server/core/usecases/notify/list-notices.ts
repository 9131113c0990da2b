import type { Page } from "../../../kernel/page.ts";
import type { Actor } from "../../../kernel/actor.ts";
import type { Uses } from "../../ports.ts";
import type { StoredNotice } from "../../store/notify/notices.ts";

/** The caller's notices, newest first, and the number of all unread ones. Throws `cursor.invalid`. */
export async function listNotices(
  deps: Uses<"store">,
  actor: Actor,
  limit: number,
  cursor?: string,
): Promise<Page<StoredNotice> & { unread: number }> {
  const page = await deps.store.notices.list(actor.ids, limit, cursor);
  return { ...page, unread: await deps.store.notices.unread(actor.ids) };
}
