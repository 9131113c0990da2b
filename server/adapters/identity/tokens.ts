import { type KeyObject, createHmac, timingSafeEqual } from "node:crypto";
import jwt from "jsonwebtoken";
import { ACCESS_MS } from "../../core/domain/accounts/session-end.ts";
import type { Keys } from "../keys/keys.ts";

/** The length of an object id, and of the truncated MAC after it, bytes. */
const INVITATION_BYTES = 12;

/** The claims of an access token. */
export interface AccessClaims {
  userId: string;
  sessionId: string;
  issuedAt: Date;
  expiresAt: Date;
  /** When the person last gave a password or a code; null when this token does not say. */
  authenticatedAt: Date | null;
}

/** What an access token says besides whose it is. */
interface AccessOptions {
  authenticatedAt?: Date | null;
  /** Default: {@link ACCESS_MS} from now. */
  endsAt?: Date;
}

/**
 * The tokens of sessions: a short-lived JWT for each call, and a refresh token that is exchanged for the next pair.
 * Also the secrets of calendar feeds and invitations.
 */
export interface Tokens {
  issueAccess(userId: string, sessionId: string, now: Date, options?: AccessOptions): string;
  /** The claims; null when the token is forged, expired or signed by an unknown key. */
  verifyAccess(token: string, now: Date): AccessClaims | null;
  /** The refresh token of a session's `generation`. It is deterministic, so that a lost reply can be repeated. */
  issueRefresh(sessionId: string, generation: number): string;
  /**
   * The session and generation of a refresh token, or null when it is forged. The caller checks the generation against
   * the session.
   */
  readRefresh(token: string): { sessionId: string; generation: number } | null;
  /** The secret of a user's calendar feed. A new generation invalidates the previous one. */
  issueFeed(userId: string, generation: number): string;
  readFeed(token: string): { userId: string; generation: number } | null;
  /**
   * The secret of an invitation: 32 letters, digits, - and _. WeChat allows at most 32 characters in a mini-program
   * code.
   */
  issueInvitation(id: string): string;
  /** The invitation's id, or null when the code is forged or incomplete. */
  readInvitation(code: string): string | null;
}

/** The size of the cache of verified tokens, some hundred bytes each. */
const MAX_VERIFIED = 10_000;

const secondsOf = (at: Date): number => Math.floor(at.getTime() / 1000);

/** The purpose of a token. It is part of the MAC, so that a token of one kind is invalid as the other. */
type Kind = "refresh" | "feed";

/**
 * Issues tokens with the newest `token` key of the ring. Older keys still verify. The database stores neither tokens
 * nor hashes of them: a refresh token is a MAC over session and generation.
 */
export function createTokens(keys: Keys): Tokens {
  /**
   * Tokens with a verified signature, which is valid as long as its key is in the ring. The expiry is checked on each
   * call.
   */
  const verified = new Map<string, { claims: AccessClaims; keyId: string }>();
  const remember = (token: string, claims: AccessClaims, keyId: string): AccessClaims => {
    // Evicts the oldest entry. A token in use is then verified again.
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
      // The code has no room for a key id, so every key of the ring is tried.
      return keys.all("token").some((key) => timingSafeEqual(invitationMac(key, id), given))
        ? id.toString("hex")
        : null;
    },
    issueAccess(userId, sessionId, now, { authenticatedAt = null, endsAt } = {}) {
      const { id, key } = keys.current("token");
      const iat = secondsOf(now);
      const exp = secondsOf(endsAt ?? new Date(now.getTime() + ACCESS_MS));
      // `auth_time` is the claim of OpenID Connect Core, 2.
      const proof = authenticatedAt ? { auth_time: secondsOf(authenticatedAt) } : {};
      return jwt.sign({ sub: userId, sid: sessionId, iat, exp, ...proof }, key, {
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
        const { sub, sid, iat, exp, auth_time } = claims as {
          sub?: string;
          sid?: string;
          iat?: number;
          exp?: number;
          auth_time?: number;
        };
        if (!sub || !sid || !iat || !exp) return null;
        const times = {
          ...{ issuedAt: new Date(iat * 1000), expiresAt: new Date(exp * 1000) },
          authenticatedAt: auth_time === undefined ? null : new Date(auth_time * 1000),
        };
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
