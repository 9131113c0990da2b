import type { Ports, Uses } from "../../ports.ts";
import { countOldHashes } from "./rehash-identities.ts";
import { countOldCiphertexts } from "./reencrypt-fields.ts";

type Purpose = Parameters<Ports["keys"]["current"]>[0];

/**
 * What still needs an older key. `count` 0: it can be retired. `forced`: the consequences of retiring it nevertheless;
 * null when it must not be retired.
 */
export interface Left {
  count: number;
  what: string;
  forced: string | null;
}

const DAY_MS = 24 * 3_600_000;

/** Since when a newer key than this one is used; null for the newest. */
function followedSince(keys: Ports["keys"], purpose: Purpose, id: string): Date | null {
  const all = keys.generations(purpose);
  const next = all[all.findIndex((one) => one.id === id) + 1];
  return next ? (next.from ?? new Date(0)) : null;
}

/** Counts what still needs that key. */
export async function remainingUnderKey(
  deps: Uses<"clock" | "keys" | "store">,
  purpose: Purpose,
  id: string,
): Promise<Left> {
  const { store, keys, clock } = deps;
  const now = clock.now();
  const since = followedSince(keys, purpose, id);
  if (!since || since > now) return { count: 1, what: "它还是在用的一代", forced: null };
  switch (purpose) {
    case "field": {
      const count = await countOldCiphertexts(deps, id);
      return { count, what: `${count} 处加密字段与文件还要用它`, forced: null };
    }
    case "blind": {
      const count = await countOldHashes(deps, id);
      return { count, what: `${count} 个手机号、微信标识只能用它找到`, forced: null };
    }
    case "token": {
      const sessions = await store.sessions.rotatedBefore(since);
      const others = keys.generations("token").flatMap((one) => (one.id === id ? [] : [one.id]));
      const feeds = await store.calendarFeeds.madeWithout(others);
      const invitations = await store.sealedFields.invitations(since, now);
      const what = `${sessions} 个登录、${feeds} 个日历订阅、${invitations} 份邀请还在用它`;
      return { count: sessions + feeds + invitations, what, forced: "这些登录要重新登录，订阅要重新添加，邀请要重发" };
    }
    case "file": {
      const count = now.getTime() - since.getTime() < DAY_MS ? 1 : 0;
      return {
        count,
        what: count ? "换代不满一天，给出去的照片地址可能还在用" : "没有地址还在用",
        forced: "给出去的照片地址马上失效",
      };
    }
    case "log": {
      const { rows, days } = await store.sealedFields.ofLog(id);
      return { count: rows + days, what: `${rows} 行台账、${days} 天的签名要用它核对`, forced: null };
    }
  }
}
