import type { Actor, Role } from "../../../kernel/actor.ts";
import type { Sealed } from "../requests/request-content.ts";

/** A post: a role that a person holds in a community; partners hold it in an organization of the community. */
export interface Membership {
  id: string;
  role: Exclude<Role, "resident">;
  /** A cadre's or clerk's community; null for an admin. */
  communityId: string | null;
  /** For a supervisor: every community of the subdistrict. Otherwise that one community. */
  communityIds: readonly string[];
  organizationName: string | null;
  title: string;
  /** 岗位: codes such as `civil`, `complaints`, `environment`. */
  positions: readonly string[];
  /** The post's phone, shown to residents; never a personal one. */
  dutyPhone: string | null;
  photoFileId: string | null;
}

/** A resident's real-name registration. `confirmedBy`: the id of the cadre or clerk who confirmed the home. */
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

/** The current duty, or the last one. */
interface Duty {
  communityId: string;
  startedAt: Date;
  until: Date;
  /** The shift of the roster to which the cadre has checked in. Absent for a duty outside the roster. */
  shiftId?: string;
  /** When the end of the duty was recorded as an event; absent until then. */
  endRecordedAt?: Date;
  /** When the committee is told of hand-over notes that are still owed; absent when none were owed at the end. */
  notesDue?: Date;
}

/**
 * A person. The identities (WeChat, phone, account) of a user are stored separately. `version` counts the steps that
 * wrote an event.
 */
export interface User {
  id: string;
  version: number;
  /** Real name; null until registration. */
  name: string | null;
  /** Verified by a code; null before. */
  phone: Sealed | null;
  registration: Registration | null;
  memberships: readonly Membership[];
  /** Ids of ended posts, written when the post ends. None of them can be taken up again. */
  endedPosts: readonly string[];
  /** A membership's id, or null when acting as a resident. */
  actingAs: string | null;
  duty: Duty | null;
  largeText: boolean;
  /** Accounts that were merged into this one; none of them held a post. */
  mergedIds: readonly string[];
  /** The account into which this one is being merged, or was. It takes over no other account then. */
  mergingInto: string | null;
  /** The account into which this one was merged. A merged account cannot be used. */
  mergedInto: string | null;
  /** When the account was closed. A closed account cannot be used, and its personal fields are empty. */
  closedAt: Date | null;
  /** When the logins of the person were last ended. A token issued before is valid only while its session exists. */
  signedOutAt: Date | null;
  /** Kinds of device on which a staff member has logged in; empty for others. */
  devices: readonly string[];
  createdAt: Date;
}

/** The fields of a new user. */
export const newUserFields: Omit<User, "id" | "version" | "createdAt"> = {
  name: null,
  phone: null,
  registration: null,
  memberships: [],
  endedPosts: [],
  actingAs: null,
  duty: null,
  largeText: false,
  mergedIds: [],
  mergingInto: null,
  mergedInto: null,
  closedAt: null,
  signedOutAt: null,
  devices: [],
};

/** Whether the account can no longer be used: merged into another, or closed. */
export const isAccountClosed = (user: Pick<User, "mergedInto" | "closedAt">): boolean =>
  Boolean(user.mergedInto) || Boolean(user.closedAt);

/**
 * Which of two accounts of one person survives a merge. `holder` is the account with the phone. It survives, unless
 * only the other one holds a post: requests, rosters and duties refer to the holder of a post by id. Null when both are
 * one account, or when both hold a post and stay separate.
 */
export function mergeOrder(holder: User, other: User): { survivor: User; merged: User } | null {
  if (holder.id === other.id) return null;
  if (!other.memberships.length) return { survivor: holder, merged: other };
  return holder.memberships.length ? null : { survivor: other, merged: holder };
}

/** How far a user is known: not registered, registered, or with a confirmed home. */
export type Tier = "guest" | "registered" | "confirmed";

/**
 * `registered` needs a name, a phone and a home; `confirmed` also needs that a cadre or clerk has vouched for the home.
 */
export const tierOf = (user: Pick<User, "registration">): Tier =>
  user.registration ? (user.registration.confirmedAt ? "confirmed" : "registered") : "guest";

/** The membership in use, or null when acting as a resident. */
export const membershipInUse = (user: User): Membership | null =>
  user.memberships.find((m) => m.id === user.actingAs) ?? null;

/** The actor that the rules see: the user in the role in use. */
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

/** Whether the user holds the post of a cadre in the community. */
export const isCadreOf = ({ memberships }: Pick<User, "memberships">, communityId: string): boolean =>
  memberships.some((post) => post.role === "cadre" && post.communityId === communityId);

/** Whether a cadre of `communityId` is on duty there at `now`. */
export const isOnDuty = (user: Pick<User, "duty">, communityId: string, now: Date): boolean =>
  user.duty !== null && user.duty.communityId === communityId && user.duty.until > now;

/** Whether the duty is over at `now` and its end is not recorded yet. */
export const isDutyEndUnrecorded = (duty: User["duty"], now: Date): boolean =>
  duty !== null && !duty.endRecordedAt && duty.until <= now;

/** Whether the cadre claimed a request of the community at `claimedAt` in a duty that is over at `now`. */
export const claimedInEndedDuty = (
  { duty }: Pick<User, "duty">,
  communityId: string,
  claimedAt: Date | null,
  now: Date,
): boolean =>
  duty !== null &&
  duty.communityId === communityId &&
  duty.until <= now &&
  claimedAt !== null &&
  duty.startedAt <= claimedAt &&
  claimedAt <= duty.until;
