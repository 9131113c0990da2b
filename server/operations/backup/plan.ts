import type { Dump } from "../../core/store/dump.ts";
import { coreSources } from "../../log/store/outbox.ts";
import { moduleOutboxes } from "../../modules/index.ts";

/**
 * In which order a backup reads, while the server goes on writing. A copy is consistent when every aggregate's events are in its outbox or in the copied log,
 * and the copied log has none that an aggregate does not have. So:
 *
 * 1. How far each consumer has come: what it does twice, it does once.
 * 2. What was made from the log: of rows that are in the log by then.
 * 3. The log up to its end at that moment: of events that are in their aggregates by then.
 * 4. The aggregates, and everything else. Of two documents that are written one after the other, the later one is read first: what
 *    is missing then is what a crash between the two writes would leave, and is mended as after one.
 * 5. The rows that came meanwhile: events of copied aggregates that were taken out of their outboxes. A restore puts them back.
 */
export interface Stages {
  progress: string[];
  derived: string[];
  rest: string[];
}

export const LOG = "service_log";

const derived = ["notices", "deliveries", "rounds", "rollups", "day_anchors"];

/** Before the others of the rest, in this order. */
const first = ["co_tasks", "users", "communities", "requests", "request_messages"];
/** Used up before what they allow is given. */
const last = ["invitations"];

/**
 * Not kept: what only says who does what at the moment (leases; `jobs` is of versions before 3), what ends in minutes (codes, counts), what can be had again (tokens of
 * WeChat, files of exports, where periods lie in the log) and logins, since one that was ended after the backup must not come back to life.
 */
const left = new Set([
  ...["lanes", "job_leases", "jobs", "claim_intents", "limits", "guesses", "otps", "sessions", "wechat_tokens"],
  "log_spans",
]);
const leftPrefixes = ["export_bytes."];

/** The stages of a backup of what is there. What nobody has thought of is kept. */
export async function planOf(dump: Pick<Dump, "names">): Promise<Stages> {
  const kept = (await dump.names()).filter(
    (name) => !left.has(name) && !leftPrefixes.some((prefix) => name.startsWith(prefix)),
  );
  const special = new Set([...derived, LOG, "consumers"]);
  const sources = [...coreSources, ...moduleOutboxes];
  const ordered = [...first, ...sources.filter((name) => !first.includes(name) && !last.includes(name)), ...last];
  const others = kept.filter((name) => !special.has(name) && !ordered.includes(name));
  const there = (names: readonly string[]): string[] => names.filter((name) => kept.includes(name));
  return { progress: there(["consumers"]), derived: there(derived), rest: [...there(ordered), ...others.toSorted()] };
}
