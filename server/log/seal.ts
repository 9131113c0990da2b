import { createHash, createHmac, randomBytes } from "node:crypto";
import { searchTerms, searchableText } from "./search.ts";
import type { Keys } from "../adapters/keys/keys.ts";
import type { LogRow } from "./store/log.ts";
import type { PendingEvent } from "./store/outbox.ts";

const sha256 = (text: string): string => createHash("sha256").update(text).digest("base64url");

/**
 * What a row's hash covers: everything but the payload itself, for which `payloadHash` stands. Order and form never
 * change; what came later stands at the end, in rows that have it.
 */
const envelope = (row: Omit<LogRow, "hash" | "seal">): string =>
  JSON.stringify([
    1,
    row.communityId,
    row.pos,
    row._id,
    row.at.toISOString(),
    row.type,
    row.requestId,
    row.requestNo,
    row.serviceCode,
    row.actorId,
    row.actorRole,
    row.residentId,
    row.handlerId,
    row.previousHandlerId,
    row.cadreIds,
    row.payloadHash,
    ...(row.filerId ? [{ filerId: row.filerId }] : []),
    ...(row.organization ? [{ organization: row.organization }] : []),
    ...(row.followerIds ? [{ followerIds: row.followerIds }] : []),
    ...(row.about ? [{ about: [row.about.kind, row.about.id, row.about.no] }] : []),
  ]);

/**
 * The signature of a row with a key kept outside the database: HMAC-SHA-256 over the seal before it and the row's
 * hash.
 */
function sealOf(keys: Keys, keyId: string, previous: string, hash: string): string | null {
  const key = keys.get("log", keyId);
  if (!key) return null;
  return `${keyId}:${createHmac("sha256", key).update(`${previous}\n${hash}`).digest("base64url")}`;
}

/** Where a community's log ends: the last position, and the seal that the next row continues. */
export interface Tail {
  pos: number;
  seal: string;
}

/** Before the first row. */
export const emptyTail: Tail = { pos: 0, seal: "" };

const keyOf = (seal: string): string => seal.split(":", 1)[0] ?? "";

/** Place of a key among those of the log; -1: it is not in the ring. */
const placeOf = (keys: Keys, id: string): number => keys.generations("log").findIndex((one) => one.id === id);

/**
 * The key that continues a seal: the one in use, but never an older one than the seal's own. A process whose clock is
 * behind goes on with the key that another has begun, so that an older key after a newer one is always a forgery by
 * whoever has the older.
 */
function continuing(keys: Keys, seal: string): string {
  const { id } = keys.current("log");
  const last = keyOf(seal);
  return keys.get("log", last) && placeOf(keys, last) > placeOf(keys, id) ? last : id;
}

/** Turns events into the next rows of a community's log, sealed with the current key. */
export function sealRows(keys: Keys, tail: Tail, events: readonly PendingEvent[]): LogRow[] {
  const keyId = continuing(keys, tail.seal);
  let { pos, seal } = tail;
  return events.map(({ id, event }) => {
    const salt = randomBytes(16).toString("base64url");
    const payload = JSON.stringify({ actorName: event.actor.name, data: event.data });
    const {
      residentId,
      handlerId,
      previousHandlerId,
      cadreIds = [],
      filerId,
      followerIds,
      organization,
    } = event.subjects;
    const acting = event.actor.role === "cadre" ? event.actor.id : null;
    const row = {
      _id: id,
      communityId: event.communityId,
      pos: ++pos,
      at: event.at,
      type: event.type,
      requestId: event.requestId,
      requestNo: event.requestNo,
      serviceCode: event.serviceCode,
      actorId: event.actor.id,
      actorRole: event.actor.role,
      residentId,
      handlerId,
      previousHandlerId,
      ...(filerId ? { filerId } : {}),
      ...(organization ? { organization } : {}),
      ...(followerIds?.length ? { followerIds: [...followerIds] } : {}),
      ...(event.about ? { about: { ...event.about } } : {}),
      cadreIds: [...new Set([acting, handlerId, previousHandlerId, ...cadreIds])].filter((cadre) => cadre !== null),
      salt,
      payload,
      payloadHash: sha256(salt + payload),
    };
    const hash = sha256(envelope(row));
    seal = sealOf(keys, keyId, seal, hash) ?? "";
    return { ...row, hash, seal, terms: searchTerms(searchableText(event.actor, event.data)) };
  });
}

/** Why a row does not hold; `cut` and `anchor`: the end of the log is not the one noted outside the database. */
export interface Fault {
  kind: "missing" | "payload" | "row" | "key" | "seal" | "anchor" | "cut";
  /** A description for the operator. */
  what: string;
}

/** What is wrong with a row that should follow `tail`, or null. An erased payload is not wrong. */
export function faultOf(keys: Keys, tail: Tail, row: LogRow): Fault | null {
  if (row.pos !== tail.pos + 1) return { kind: "missing", what: `expected position ${tail.pos + 1}, found ${row.pos}` };
  if (row.payload !== null && sha256(`${row.salt}${row.payload}`) !== row.payloadHash)
    return { kind: "payload", what: "the payload was changed" };
  if (sha256(envelope(row)) !== row.hash) return { kind: "row", what: "the row was changed" };
  const keyId = keyOf(row.seal);
  const expected = sealOf(keys, keyId, tail.seal, row.hash);
  if (expected === null) return { kind: "key", what: `the key ${keyId} of the seal is not in the key ring` };
  if (placeOf(keys, keyId) < placeOf(keys, keyOf(tail.seal)))
    return { kind: "key", what: `it is sealed with ${keyId}, an older key than that of the row before it` };
  return expected === row.seal ? null : { kind: "seal", what: "the seal does not continue the row before it" };
}
