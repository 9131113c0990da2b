import { createHmac, timingSafeEqual } from "node:crypto";
import jwt from "jsonwebtoken";
import type { Keys } from "../keys/keys.ts";

/** How long an access token is good, seconds. */
export const ACCESS_SECONDS = 15 * 60;

/** The two tokens of a session: a short JWT for each call, and a refresh token that is exchanged for the next pair. */
export interface Tokens {
  issueAccess(userId: string, sessionId: string, now: Date): string;
  /** Whose token it is, or null when it is forged, of an unknown key, or past its time. */
  verifyAccess(token: string, now: Date): { userId: string; sessionId: string; expiresAt: Date } | null;
  /** The refresh token of the session's `generation`: always the same one, so that a lost reply can be repeated. */
  issueRefresh(sessionId: string, generation: number): string;
  /** What a refresh token stands for, or null when it is forged. Whether that generation is still good, the session knows. */
  readRefresh(token: string): { sessionId: string; generation: number } | null;
  /** The secret of a user's calendar feed; a new generation ends the one before. */
  issueFeed(userId: string, generation: number): string;
  readFeed(token: string): { userId: string; generation: number } | null;
}

/** What a generated token is for; a token of one kind is none of the other. */
type Kind = "refresh" | "feed";

/**
 * Tokens signed with the ring's newest `token` key; older keys still verify. The database holds no token and no hash of one: a
 * refresh token is a MAC over session and generation.
 */
export function createTokens(keys: Keys): Tokens {
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
  return {
    issueAccess(userId, sessionId, now) {
      const { id, key } = keys.current("token");
      const iat = Math.floor(now.getTime() / 1000);
      return jwt.sign({ sub: userId, sid: sessionId, iat, exp: iat + ACCESS_SECONDS }, key, {
        algorithm: "HS256",
        keyid: id,
      });
    },
    verifyAccess(token, now) {
      const kid = jwt.decode(token, { complete: true })?.header.kid;
      const key = kid && keys.get("token", kid);
      if (!key) return null;
      try {
        const clockTimestamp = Math.floor(now.getTime() / 1000);
        const claims = jwt.verify(token, key, { algorithms: ["HS256"], clockTimestamp }) as jwt.JwtPayload;
        const { sub, sid, exp } = claims as { sub?: string; sid?: string; exp?: number };
        return sub && sid && exp ? { userId: sub, sessionId: sid, expiresAt: new Date(exp * 1000) } : null;
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
