import { type KeyObject, createHmac, timingSafeEqual } from "node:crypto";
import jwt from "jsonwebtoken";
import type { Keys } from "../keys/keys.ts";

/** An object's id, and as much of a MAC. Bytes. */
const INVITATION_BYTES = 12;
/** How long an access token is good, seconds. */
export const ACCESS_SECONDS = 15 * 60;

/** What an access token says. */
export interface AccessClaims {
  userId: string;
  sessionId: string;
  issuedAt: Date;
  expiresAt: Date;
}

/** The two tokens of a session: a short JWT for each call, and a refresh token that is exchanged for the next pair. */
export interface Tokens {
  issueAccess(userId: string, sessionId: string, now: Date): string;
  /** Whose token it is, or null when it is forged, of an unknown key, or past its time. */
  verifyAccess(token: string, now: Date): AccessClaims | null;
  /** The refresh token of the session's `generation`: always the same one, so that a lost reply can be repeated. */
  issueRefresh(sessionId: string, generation: number): string;
  /**
   * What a refresh token stands for, or null when it is forged. Whether that generation is still good, the session
   * knows.
   */
  readRefresh(token: string): { sessionId: string; generation: number } | null;
  /** The secret of a user's calendar feed; a new generation ends the one before. */
  issueFeed(userId: string, generation: number): string;
  readFeed(token: string): { userId: string; generation: number } | null;
  /** The secret of an invitation: 32 letters, digits, - and _, as many as WeChat takes in a mini-program code. */
  issueInvitation(id: string): string;
  /** The invitation's id, or null when the code is forged or cut off. */
  readInvitation(code: string): string | null;
}

/** Tokens kept as verified, some hundreds of bytes each. */
const MAX_VERIFIED = 10_000;

/** What a generated token is for; a token of one kind is none of the other. */
type Kind = "refresh" | "feed";

/**
 * Tokens signed with the ring's newest `token` key; older keys still verify. The database holds no token and no hash
 * of one: a refresh token is a MAC over session and generation.
 */
export function createTokens(keys: Keys): Tokens {
  /**
   * Tokens whose signature was found good: it stays good while its key is in the ring. How long the token is, is
   * asked each time.
   */
  const verified = new Map<string, { claims: AccessClaims; keyId: string }>();
  const remember = (token: string, claims: AccessClaims, keyId: string): AccessClaims => {
    // The oldest goes: a token that is in use is verified again.
    if (verified.size >= MAX_VERIFIED) verified.delete(verified.keys().next().value ?? "");
    verified.set(token, { claims, keyId });
    return claims;
  };
  const mac = (kind: Kind, keyId: string, body: string): Buffer | null => {
    const key = keys.get("token", keyId);
    return key && createHmac("sha256", key).update(`${kind}\n${body}`).digest();
  };
  const issue = (kind: Kind, id: string, generation: number): string => {
    const keyId = keys.current("token").id;
    const body = `${keyId}.${id}.${generation}`;
    return `${body}.${mac(kind, keyId, body)?.toString("base64url")}`;
  };
  const read = (kind: Kind, token: string): { id: string; generation: number } | null => {
    const match = /^(([\w-]+)\.([0-9a-f]{24})\.(\d{1,9}))\.([\w-]{43})$/.exec(token);
    if (!match) return null;
    const [, body = "", keyId = "", id = "", generation = "", signature = ""] = match;
    const expected = mac(kind, keyId, body);
    if (!expected || !timingSafeEqual(expected, Buffer.from(signature, "base64url"))) return null;
    return { id, generation: Number(generation) };
  };
  const invitationMac = (key: KeyObject, id: Buffer): Buffer =>
    createHmac("sha256", key).update("invitation\n").update(id).digest().subarray(0, INVITATION_BYTES);
  return {
    issueInvitation(id) {
      const bytes = Buffer.from(id, "hex");
      return Buffer.concat([bytes, invitationMac(keys.current("token").key, bytes)]).toString("base64url");
    },
    readInvitation(code) {
      if (!/^[\w-]{32}$/.test(code)) return null;
      const bytes = Buffer.from(code, "base64url");
      const [id, given] = [bytes.subarray(0, INVITATION_BYTES), bytes.subarray(INVITATION_BYTES)];
      // There is no room for the key's id: every key that is still in the ring is tried.
      return keys.all("token").some((key) => timingSafeEqual(invitationMac(key, id), given))
        ? id.toString("hex")
        : null;
    },
    issueAccess(userId, sessionId, now) {
      const { id, key } = keys.current("token");
      const iat = Math.floor(now.getTime() / 1000);
      return jwt.sign({ sub: userId, sid: sessionId, iat, exp: iat + ACCESS_SECONDS }, key, {
        algorithm: "HS256",
        keyid: id,
      });
    },
    verifyAccess(token, now) {
      const known = verified.get(token);
      if (known) return known.claims.expiresAt > now && keys.get("token", known.keyId) ? known.claims : null;
      const kid = jwt.decode(token, { complete: true })?.header.kid;
      const key = kid && keys.get("token", kid);
      if (!key) return null;
      try {
        const clockTimestamp = Math.floor(now.getTime() / 1000);
        const claims = jwt.verify(token, key, { algorithms: ["HS256"], clockTimestamp }) as jwt.JwtPayload;
        const { sub, sid, iat, exp } = claims as { sub?: string; sid?: string; iat?: number; exp?: number };
        if (!sub || !sid || !iat || !exp) return null;
        const times = { issuedAt: new Date(iat * 1000), expiresAt: new Date(exp * 1000) };
        return remember(token, { userId: sub, sessionId: sid, ...times }, kid);
      } catch {
        return null;
      }
    },
    issueRefresh: (sessionId, generation) => issue("refresh", sessionId, generation),
    readRefresh(token) {
      const found = read("refresh", token);
      return found && { sessionId: found.id, generation: found.generation };
    },
    issueFeed: (userId, generation) => issue("feed", userId, generation),
    readFeed(token) {
      const found = read("feed", token);
      return found && { userId: found.id, generation: found.generation };
    },
  };
}
