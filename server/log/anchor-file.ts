import { createHash, createPrivateKey, createPublicKey, hkdfSync, sign, verify } from "node:crypto";
import type { KeyObject } from "node:crypto";
import type { Keys } from "../adapters/keys/keys.ts";
import type { DayAnchor } from "./store/day-anchors.ts";

/**
 * An export of day anchors and of the public keys that verify them. It can be checked without the database and without
 * a secret.
 */
export interface AnchorFile {
  format: typeof FORMAT;
  /** Ed25519 public keys as DER (SPKI), base64, by the id of the log key. */
  publicKeys: Record<string, string>;
  communities: Record<string, readonly DayAnchor[]>;
}

const FORMAT = "dianxiaoer-anchors-1";
/** The DER prefix of a PKCS #8 Ed25519 private key, before its 32 bytes (RFC 8410). */
const PKCS8 = Buffer.from("302e020100300506032b657004220420", "hex");

/**
 * The signing key of a log key. It is derived by HKDF, so that existing key rings need no further key. Null: unknown
 * key id.
 */
function signingKey(keys: Keys, keyId: string): KeyObject | null {
  const secret = keys.get("log", keyId);
  if (!secret) return null;
  const seed = Buffer.from(hkdfSync("sha256", secret.export(), "", "day anchors", 32));
  return createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: "der", type: "pkcs8" });
}

/** The public key that verifies anchors of a log key, DER (SPKI) in base64; null when the key ring lacks that key. */
export function publicKeyOf(keys: Keys, keyId: string): string | null {
  const key = signingKey(keys, keyId);
  return key && createPublicKey(key).export({ format: "der", type: "spki" }).toString("base64");
}

/** 96 bits of the key's SHA-256 as groups of four hex digits, for comparing keys on paper or by phone. */
export const fingerprint = (publicKey: string): string =>
  (createHash("sha256").update(publicKey).digest("hex").slice(0, 24).match(/.{4}/g) ?? []).join(" ");

const signed = ({ communityId, day, pos, seal, keyId, previous }: DayAnchor): Buffer =>
  Buffer.from(JSON.stringify([FORMAT, communityId, day, pos, seal, keyId, previous]));

/** Signs a day's last position and seal with the current log key. */
export function signAnchor(keys: Keys, anchor: Omit<DayAnchor, "keyId" | "signature">): DayAnchor {
  const { id: keyId } = keys.current("log");
  const key = signingKey(keys, keyId);
  if (!key) throw new Error("the current key of the log is not in the key ring");
  const unsigned = { ...anchor, keyId, signature: "" };
  return { ...unsigned, signature: sign(null, signed(unsigned), key).toString("base64url") };
}

/** The export for these communities. Throws when the key of an anchor is not in the ring. */
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
 * The first anchor of a community that fails verification, and why. Null: the anchors are an unbroken chain from the
 * first day of the log.
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

/** Parses an exported file. Throws when the text is not such a file. */
export function parseAnchorFile(text: string): AnchorFile {
  const file = JSON.parse(text) as Partial<AnchorFile> | null;
  if (file?.format !== FORMAT || !file.publicKeys || !file.communities) throw new Error("this is no file of anchors");
  return file as AnchorFile;
}
