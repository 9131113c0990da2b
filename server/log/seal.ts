import { createHash, createHmac, randomBytes } from "node:crypto";
import { searchTerms, searchableText } from "./search.ts";
import type { Keys } from "../adapters/keys/keys.ts";
import type { LogRow } from "./store/log-row.ts";
import type { PendingEvent } from "./store/outbox.ts";

/** The name of the hash algorithm in rows. */
const ALGORITHM = "SHA-256";

const sha256 = (text: string): string => createHash("sha256").update(text).digest("base64url");

/** The commitment of a row to the fields of its aggregate: the hash of a salt and their canonical JSON. */
export const stateHash = (salt: string, state: string): string => sha256(`${salt}\n${state}`);

/**
 * The input of a row's hash: all fields except the payload, which `payloadHash` represents. Order and format must never
 * change. Fields added later are at the end, in rows that have them.
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
    ...(row.state === undefined ? [] : [{ state: row.state }]),
    ...(row.algorithm === undefined ? [] : [{ algorithm: row.algorithm }]),
  ]);

/**
 * The seal of a row: `keyId:HMAC-SHA-256` over the previous seal and the row's hash. The key is kept outside the
 * database. Null: the key is not in the ring.
 */
function sealOf(keys: Keys, keyId: string, previous: string, hash: string): string | null {
  const key = keys.get("log", keyId);
  if (!key) return null;
  return `${keyId}:${createHmac("sha256", key).update(`${previous}\n${hash}`).digest("base64url")}`;
}

/** The end of a community's log: its last position, and the seal that the next row continues. */
export interface Tail {
  pos: number;
  seal: string;
}

/** The end of an empty log. */
export const emptyTail: Tail = { pos: 0, seal: "" };

const keyOf = (seal: string): string => seal.split(":", 1)[0] ?? "";

/** The index of a key among the generations of the log key; -1: it is not in the ring. */
const placeOf = (keys: Keys, id: string): number => keys.generations("log").findIndex((one) => one.id === id);

/**
 * The id of the key that seals the row after `seal`: the current key, but never an older one than the key of `seal`. A
 * process whose clock is behind thus continues with the newer key that another process has begun to use. An older key
 * after a newer one is therefore always a forgery.
 */
function continuing(keys: Keys, seal: string): string {
  const { id } = keys.current("log");
  const last = keyOf(seal);
  return keys.get("log", last) && placeOf(keys, last) > placeOf(keys, id) ? last : id;
}

const newSalt = (): string => randomBytes(16).toString("base64url");

/** Turns events into the next rows of a community's log, sealed with the current key. */
export function sealRows(keys: Keys, tail: Tail, events: readonly PendingEvent[]): LogRow[] {
  const keyId = continuing(keys, tail.seal);
  let { pos, seal } = tail;
  return events.map(({ id, event, state }) => {
    const salt = newSalt();
    const stateSalt = newSalt();
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
      ...(state === undefined ? {} : { state: stateHash(stateSalt, state), stateSalt }),
      algorithm: ALGORITHM,
    };
    const hash = sha256(envelope(row));
    seal = sealOf(keys, keyId, seal, hash) ?? "";
    return { ...row, hash, seal, terms: searchTerms(searchableText(event.actor, event.data)) };
  });
}

/**
 * Why a row fails verification. `cut` and `anchor`: the end of the log differs from the one noted outside the database.
 */
export interface Fault {
  kind: "missing" | "payload" | "row" | "key" | "seal" | "anchor" | "cut";
  /** A description for the operator. */
  what: string;
}

/** The fault of a row that should follow `tail`, or null. An erased payload is no fault. */
export function faultOf(keys: Keys, tail: Tail, row: LogRow): Fault | null {
  try {
    return readableFaultOf(keys, tail, row);
  } catch {
    // A field has another type than those that the program writes.
    return { kind: "row", what: "the row cannot be read" };
  }
}

/** The fields of a row. Any other could only have been added by hand. */
const rowFields: Readonly<Record<keyof LogRow, true>> = {
  ...{ _id: true, communityId: true, pos: true, at: true, type: true, requestId: true, requestNo: true },
  ...{ serviceCode: true, actorId: true, actorRole: true, residentId: true, handlerId: true },
  ...{ previousHandlerId: true, filerId: true, organization: true, followerIds: true, about: true, cadreIds: true },
  ...{ salt: true, payload: true, payloadHash: true, state: true, stateSalt: true, algorithm: true, hash: true },
  ...{ seal: true, segment: true, terms: true },
};
const aboutFields: readonly string[] = ["kind", "id", "no"];

const hasOtherFields = ({ about, ...row }: LogRow): boolean =>
  Object.keys(row).some((name) => !Object.hasOwn(rowFields, name)) ||
  Object.keys(about ?? {}).some((name) => !aboutFields.includes(name));

function readableFaultOf(keys: Keys, tail: Tail, row: LogRow): Fault | null {
  if (hasOtherFields(row)) return { kind: "row", what: "the row has a field that rows do not have" };
  if (row.pos !== tail.pos + 1) return { kind: "missing", what: `expected position ${tail.pos + 1}, found ${row.pos}` };
  if (row.algorithm !== undefined && row.algorithm !== ALGORITHM)
    return { kind: "row", what: `the hash algorithm ${row.algorithm} is not known` };
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
