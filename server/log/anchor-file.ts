import { createHash, createPrivateKey, createPublicKey, hkdfSync, sign, verify } from "node:crypto";
import type { KeyObject } from "node:crypto";
import type { Keys } from "../adapters/keys/keys.ts";
import type { DayAnchor } from "./store/day-anchors.ts";

/**
 * What is exported: anchors and the public keys they are checked with. It is verified without the database and
 * without a secret.
 */
export interface AnchorFile {
  format: typeof FORMAT;
  /** Raw public keys of Ed25519 in DER (SPKI), base64, by the id of the log key. */
  publicKeys: Record<string, string>;
  communities: Record<string, readonly DayAnchor[]>;
}

const FORMAT = "dianxiaoer-anchors-1";
/** PKCS #8 of an Ed25519 key up to its 32 bytes (RFC 8410). */
const PKCS8 = Buffer.from("302e020100300506032b657004220420", "hex");

/** The signing key that belongs to a key of the log: made from it, so that a key ring of before needs no new key. */
function signingKey(keys: Keys, keyId: string): KeyObject | null {
  const secret = keys.get("log", keyId);
  if (!secret) return null;
  const seed = Buffer.from(hkdfSync("sha256", secret.export(), "", "day anchors", 32));
  return createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: "der", type: "pkcs8" });
}

/** The public key to check anchors of a log key with; null when the ring does not have it. */
export function publicKeyOf(keys: Keys, keyId: string): string | null {
  const key = signingKey(keys, keyId);
  return key && createPublicKey(key).export({ format: "der", type: "spki" }).toString("base64");
}

/** Some digits to compare a public key by, on paper or on the phone. */
export const fingerprint = (publicKey: string): string =>
  (createHash("sha256").update(publicKey).digest("hex").slice(0, 24).match(/.{4}/g) ?? []).join(" ");

const signed = ({ communityId, day, pos, seal, keyId, previous }: DayAnchor): Buffer =>
  Buffer.from(JSON.stringify([FORMAT, communityId, day, pos, seal, keyId, previous]));

/** Signs where the log stood. */
export function signAnchor(keys: Keys, anchor: Omit<DayAnchor, "keyId" | "signature">): DayAnchor {
  const { id: keyId } = keys.current("log");
  const key = signingKey(keys, keyId);
  if (!key) throw new Error("the current key of the log is not in the key ring");
  const unsigned = { ...anchor, keyId, signature: "" };
  return { ...unsigned, signature: sign(null, signed(unsigned), key).toString("base64url") };
}

/** The file for these communities. Throws when a key of an anchor is not in the ring. */
export function anchorFile(keys: Keys, communities: Record<string, readonly DayAnchor[]>): AnchorFile {
  const ids = new Set([
    keys.current("log").id,
    ...Object.values(communities).flatMap((all) => all.map((a) => a.keyId)),
  ]);
  const publicKeys = Object.fromEntries(
    [...ids].map((id) => {
      const key = publicKeyOf(keys, id);
      if (!key) throw new Error(`the key ${id} of an anchor is not in the key ring`);
      return [id, key];
    }),
  );
  return { format: FORMAT, publicKeys, communities };
}

/**
 * The first day of a community's anchors that does not hold, and why; null: all hold, from the first day of the log
 * on.
 */
export function anchorFault(
  communityId: string,
  anchors: readonly DayAnchor[],
  publicKeys: Readonly<Record<string, string>>,
): { day: string; what: string } | null {
  let before: DayAnchor | null = null;
  for (const anchor of anchors) {
    const found = (what: string): { day: string; what: string } => ({ day: anchor.day, what });
    if (anchor.communityId !== communityId) return found("it is of another community");
    const publicKey = publicKeys[anchor.keyId];
    if (!publicKey) return found(`the key ${anchor.keyId} is not known`);
    const key = createPublicKey({ key: Buffer.from(publicKey, "base64"), format: "der", type: "spki" });
    if (!verify(null, signed(anchor), key, Buffer.from(anchor.signature, "base64url")))
      return found("it was changed, or signed by another key");
    if (anchor.previous !== (before?.signature ?? ""))
      return found("it does not follow the day before: days are missing");
    if (before && (anchor.day <= before.day || anchor.pos <= before.pos)) return found("it is out of order");
    before = anchor;
  }
  return null;
}

/** Reads an exported file. Throws when it is something else. */
export function parseAnchorFile(text: string): AnchorFile {
  const file = JSON.parse(text) as Partial<AnchorFile> | null;
  if (file?.format !== FORMAT || !file.publicKeys || !file.communities) throw new Error("this is no file of anchors");
  return file as AnchorFile;
}
