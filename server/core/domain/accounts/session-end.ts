import type { Front } from "./device.ts";

/** How long a session lasts without a refresh, in ms. Sessions of the console end earlier. */
export const SESSION_MS = 30 * 24 * 3_600_000;

/** How long an access token is valid, in ms, unless its session ends before. */
export const ACCESS_MS = 15 * 60_000;

/** How long a given password, with the second factor where there is one, counts for protected steps, in ms. */
export const AUTHENTICATION_MS = 5 * 60_000;

/** When logins of the console end, in ms. */
export interface ConsoleSessionPolicy {
  /** After the last use by the person. Calls that a page makes by itself are no use. */
  idleMs: number;
  /** After the login, whatever the person does. */
  absoluteMs: number;
}

/** 30 minutes and 12 hours: a shift, and OWASP ASVS 4, 3.3.2 at level 2. */
export const defaultConsoleSession: ConsoleSessionPolicy = { idleMs: 30 * 60_000, absoluteMs: 12 * 3_600_000 };

/** When a session that was used at `usedAt` ends, unless it is used again. */
export function sessionEnd(
  { idleMs, absoluteMs }: ConsoleSessionPolicy,
  { front, createdAt }: { front: Front | null; createdAt: Date },
  usedAt: Date,
): Date {
  if (front !== "console") return new Date(usedAt.getTime() + SESSION_MS);
  return new Date(Math.min(usedAt.getTime() + idleMs, createdAt.getTime() + absoluteMs));
}

/** Whether the person has authenticated recently enough for a protected step. */
export const isFreshlyAuthenticated = (authenticatedAt: Date | null, now: Date): boolean =>
  authenticatedAt !== null && now.getTime() - authenticatedAt.getTime() <= AUTHENTICATION_MS;
