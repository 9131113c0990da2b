import type { Sealed } from "../../domain/requests/request-content.ts";
import type { Identity } from "../../store/accounts/identities.ts";
import { type LoginMethod, sealContextOf } from "../accounts/identities.ts";
import type { ReencryptionPorts, Progress } from "./reencrypt-fields.ts";

const BATCH = 200;

/**
 * The phone or openid of an identity, from its own sealed copy, or for older phone identities from the user. Null when
 * neither has it.
 */
async function valueOf({ store, keys }: ReencryptionPorts, identity: Identity): Promise<string | null> {
  const kind = identity.kind as LoginMethod["kind"];
  const known: (Sealed | null)[] = [identity.sealed];
  if (kind === "phone") known.push((await store.users.find(identity.userId))?.phone ?? null);
  for (const sealed of known) {
    if (!sealed) continue;
    const value = keys.open(sealed, sealContextOf[kind]);
    if (keys.blindIndexes(kind, value).some(({ index }) => index === identity.subject)) return value;
  }
  return null;
}

/**
 * Creates a copy of an identity under the newest key, and returns whether it did. When the original is moved or deleted
 * at the same moment, the copy follows.
 */
async function copy({ store, keys }: ReencryptionPorts, identity: Identity, value: string): Promise<boolean> {
  const kind = identity.kind as LoginMethod["kind"];
  const [newest] = keys.blindIndexes(kind, value);
  if (!newest || newest.index === identity.subject) return false;
  if (await store.identities.find(kind, newest.index)) return false;
  const sealed = keys.seal(value, sealContextOf[kind]);
  const made = { kind, subject: newest.index, sealed, keyId: newest.keyId };
  await store.identities.link({ ...made, userId: identity.userId });
  const now = await store.identities.find(kind, identity.subject);
  if (now?.userId !== identity.userId) await store.identities.follow(made, now?.userId ?? null);
  return true;
}

/**
 * Makes every phone and openid findable by the newest key, too. The identities under older keys stay until their key is
 * retired, so that processes with either key find the same people. It can be repeated and run on two machines. Returns
 * how many were copied, and for how many the phone or openid is unknown.
 */
export async function rehashIdentities(
  deps: ReencryptionPorts,
  told: Progress = () => undefined,
): Promise<{ moved: number; stuck: number }> {
  let [seen, moved, stuck, after] = [0, 0, 0, ""];
  for (;;) {
    const identities = await deps.store.identities.hashedAfter(after, BATCH);
    const last = identities.at(-1);
    if (!last) return { moved, stuck };
    for (const identity of identities) {
      const value = await valueOf(deps, identity);
      if (value === null) {
        stuck++;
        continue;
      }
      if (identity.keyId === null) await describe(deps, identity, value);
      if (await copy(deps, identity, value)) moved++;
    }
    seen += identities.length;
    told("identities", seen, moved);
    after = `${last.kind}:${last.subject}`;
  }
}

async function describe({ store, keys }: ReencryptionPorts, identity: Identity, value: string): Promise<void> {
  const kind = identity.kind as LoginMethod["kind"];
  const by = keys.blindIndexes(kind, value).find(({ index }) => index === identity.subject);
  if (by) await store.identities.describe(identity, by.keyId, keys.seal(value, sealContextOf[kind]));
}

/** How many identities can be found by that key and by no newer one. */
export async function countOldHashes(deps: ReencryptionPorts, keyId: string): Promise<number> {
  const { store, keys } = deps;
  const [oldest] = keys.generations("blind");
  let [left, after] = [0, ""];
  for (;;) {
    const identities = await store.identities.hashedAfter(after, BATCH);
    const last = identities.at(-1);
    if (!last) return left;
    for (const identity of identities) {
      if ((identity.keyId ?? oldest?.id) !== keyId) continue;
      const value = await valueOf(deps, identity);
      const kind = identity.kind as LoginMethod["kind"];
      const newest = value === null ? null : keys.blindIndexes(kind, value)[0];
      if (!newest || !(await store.identities.find(kind, newest.index))) left++;
    }
    after = `${last.kind}:${last.subject}`;
  }
}
