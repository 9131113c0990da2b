import type { Dump } from "../../core/store/dump.ts";
import { coreOutboxes } from "../../log/store/committed-state.ts";
import { moduleOutboxes } from "../../modules/index.ts";

/**
 * The order in which a backup reads collections while servers write. A copy is consistent when each event of an
 * aggregate is in its outbox or in the copied log, and the copied log has no event that its aggregate lacks. The order
 * is therefore:
 *
 * 1. The offsets of consumers. Consumers are idempotent and may process rows again.
 * 2. Collections that consumers derive from the log. Their rows are in the log by then.
 * 3. The log up to its end at that moment. Its events are in their aggregates by then.
 * 4. The aggregates and everything else. Of two documents that a use case writes in turn, the one written later is read
 *    first. A missing second write looks like a crash between the two writes and is repaired in the same way.
 * 5. The rows appended meanwhile: events of copied aggregates that have left their outboxes. A restore puts them back.
 */
export interface Stages {
  progress: string[];
  derived: string[];
  rest: string[];
}

export const LOG = "service_log";

const OFFSETS = "consumer_offsets";
const derived = ["notices", "deliveries", "handling_cycles", "rollups", "day_anchors"];

/** Collections that are read before the others of stage 4, in this order. */
const first = [
  ...moduleOutboxes.map(({ collection }) => collection),
  "users",
  "communities",
  "requests",
  "request_messages",
];
/** Invitations are used up before the post that they allow is given, so they are read last. */
const last = ["invitations"];

/**
 * Collections that a backup leaves out. They are leases (`jobs` exists in data before version 3), short-lived codes and
 * counters, data that can be obtained again (tokens of WeChat, files of exports, log spans), and sessions, since a
 * session that was ended after the backup must stay ended.
 */
const left = new Set([
  ...["partition_leases", "job_leases", "jobs", "claim_reservations", "limits", "login_throttles", "otps", "sessions"],
  ...["wechat_tokens", "log_spans"],
]);
const leftPrefixes = ["export_bytes."];

/** The stages of a backup of the existing collections. Collections that are not listed here are kept. */
export async function planOf(dump: Pick<Dump, "names">): Promise<Stages> {
  const kept = (await dump.names()).filter(
    (name) => !left.has(name) && !leftPrefixes.some((prefix) => name.startsWith(prefix)),
  );
  const special = new Set([...derived, LOG, OFFSETS]);
  const ofCore = coreOutboxes.map(({ collection }): string => collection);
  const ordered = [...first, ...ofCore.filter((name) => !first.includes(name) && !last.includes(name)), ...last];
  const others = kept.filter((name) => !special.has(name) && !ordered.includes(name));
  const there = (names: readonly string[]): string[] => names.filter((name) => kept.includes(name));
  return { progress: there([OFFSETS]), derived: there(derived), rest: [...there(ordered), ...others.toSorted()] };
}
