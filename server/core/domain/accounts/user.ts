import type { Actor, Role } from "../../../kernel/actor.ts";
import type { Sealed } from "../requests/request.ts";

/** A role that a person holds in a community (or, for partners, in an organization of it). */
export interface Membership {
  id: string;
  role: Exclude<Role, "resident">;
  /** A cadre's or clerk's community; null for an admin. */
  communityId: string | null;
  /** For a supervisor: every community of the subdistrict. Otherwise that one community. */
  communityIds: readonly string[];
  organizationName: string | null;
  title: string;
  /** 岗位: codes such as `civil`, `care`, `environment`. */
  positions: readonly string[];
  /** The post's phone, shown to residents; never a personal one. */
  dutyPhone: string | null;
  photoFileId: string | null;
}

export interface Registration {
  communityId: string;
  phone: Sealed;
  building: string;
  unit: Sealed;
  room: Sealed;
  registeredAt: Date;
  confirmedAt: Date | null;
  confirmedBy: string | null;
}

/** The duty that runs, or the last one. */
interface Duty {
  communityId: string;
  startedAt: Date;
  until: Date;
  /** Checked in to that shift of the roster; otherwise on duty beside it. */
  shiftId?: string;
  /** Its end is in the log. */
  ended?: boolean;
  /** Hand-over notes were owed at its end: when the committee is told of those that still are. */
  notesDue?: Date;
}

/** A person. One user has many identities (WeChat, phone, account), kept beside it. `version` counts eventful steps. */
export interface User {
  id: string;
  version: number;
  /** Real name; null until registration. */
  name: string | null;
  /** Verified by a code; null before. */
  phone: Sealed | null;
  registration: Registration | null;
  memberships: readonly Membership[];
  /** Ids of posts that were ended, written with their end: none of them is taken up again. */
  endedPosts: readonly string[];
  /** A membership's id, or null when acting as a resident. */
  actingAs: string | null;
  duty: Duty | null;
  largeText: boolean;
  /** Accounts that were merged into this one; none of them held a post. */
  mergedIds: readonly string[];
  /** The account that this one was merged into; it can no longer be used itself. */
  mergedInto: string | null;
  /** When the account was closed; nobody can use it any more, and its personal fields are empty. */
  closedAt: Date | null;
  /** When logins were last ended: a token from before is good only as long as its login is there. */
  signedOutAt: Date | null;
  /** Of the staff: kinds of device that they have logged in on. */
  devices: readonly string[];
  createdAt: Date;
}

/** What is known of somebody of whom nothing is known yet. */
export const blankUser: Omit<User, "id" | "version" | "createdAt"> = {
  name: null,
  phone: null,
  registration: null,
  memberships: [],
  endedPosts: [],
  actingAs: null,
  duty: null,
  largeText: false,
  mergedIds: [],
  mergedInto: null,
  closedAt: null,
  signedOutAt: null,
  devices: [],
};

/** Whether the account can no longer be used: merged into another, or closed. */
export const isGone = (user: Pick<User, "mergedInto" | "closedAt">): boolean =>
  Boolean(user.mergedInto) || Boolean(user.closedAt);

/**
 * Which of two accounts of one person goes on, and which goes into it. `holder`: whose the phone is; it goes on, unless only the other holds a
 * post: requests in hand, rosters and the duty know who holds one by the id. Null: it is one account, or both hold a post and stay two.
 */
export function mergeOrder(holder: User, other: User): { survivor: User; merged: User } | null {
  if (holder.id === other.id) return null;
  if (!other.memberships.length) return { survivor: holder, merged: other };
  return holder.memberships.length ? null : { survivor: other, merged: holder };
}

export type Tier = "guest" | "registered" | "confirmed";

/** A name, a phone and a home make `registered`; a cadre's or clerk's word makes `confirmed`. */
export const tierOf = (user: Pick<User, "registration">): Tier =>
  user.registration ? (user.registration.confirmedAt ? "confirmed" : "registered") : "guest";

/** The membership in use, or null: a resident. */
export const membershipInUse = (user: User): Membership | null =>
  user.memberships.find((m) => m.id === user.actingAs) ?? null;

/** The user as the rules see one, in the role in use. */
export function toActor(user: User): Actor {
  const membership = membershipInUse(user);
  return {
    userId: user.id,
    ids: [user.id, ...user.mergedIds],
    name: user.name ?? "居民",
    role: membership?.role ?? "resident",
    communityIds: membership?.communityIds ?? [],
    dutyUntil: user.duty && user.duty.communityId === membership?.communityId ? user.duty.until : null,
    ...(membership?.role === "partner" && membership.organizationName
      ? { organization: membership.organizationName }
      : {}),
  };
}

/** Whether a cadre of `communityId` is on duty there at `now`. */
export const isOnDuty = (user: Pick<User, "duty">, communityId: string, now: Date): boolean =>
  user.duty !== null && user.duty.communityId === communityId && user.duty.until > now;

/** Whether the duty is over at `now` and its end was not told yet. */
export const isUntold = (duty: User["duty"], now: Date): boolean => duty !== null && !duty.ended && duty.until <= now;

/** Whether the cadre claimed it in a duty that is over at `now`. */
export const claimedInEndedDuty = (
  { duty }: Pick<User, "duty">,
  { communityId, claimedAt }: { communityId: string; claimedAt: Date | null },
  now: Date,
): boolean =>
  duty !== null &&
  duty.communityId === communityId &&
  duty.until <= now &&
  claimedAt !== null &&
  duty.startedAt <= claimedAt &&
  claimedAt <= duty.until;
