import type { z } from "zod";
import type { Role } from "../common.ts";
import type { OperationKey } from "../operation.ts";

/** The kinds of aggregate that an event can be about. Modules add theirs by declaration merging. */
export interface AboutRegistry extends Record<
  | "request"
  | "task"
  | "user"
  | "community"
  | "invitation"
  | "roster-plan"
  | "roster-week"
  | "leave"
  | "photo"
  | "reveal"
  | "login"
  | "login-failure"
  | "log-erasure"
  | "document",
  unknown
> {}
/** The kind of aggregate that an event is about. */
export type AboutKind = Extract<keyof AboutRegistry, string>;

/** The persons named by an event that get its notice. */
export type Addressee = "resident" | "handler" | "previousHandler" | "filer" | "cadres" | "organization" | "followers";

/** An office of a community: its committee, or the subdistrict that supervises it. */
export type Office = "committee" | "supervisor";

/** The pages that notices of the core open. */
export type CoreLanding = "request" | "roster" | "hand-over" | "photos" | "devices";

/** The pages that notices open. Modules add theirs by declaration merging. */
export interface LandingRegistry extends Record<CoreLanding, unknown> {}
/** The page that a notice opens. */
export type Landing = Extract<keyof LandingRegistry, string>;

/**
 * A sentence with placeholders: `{who}` is the actor, `{no}` the request's number, `{unit}` an organization, `{named}`
 * a cadre that the event names besides. `otherwise` is used when it names no such cadre.
 */
export type Wording = string | { named: string; otherwise: string };

/**
 * The recipients of an event's notice in the inbox, and its wording. Recipients without a wording get a general
 * sentence.
 */
export interface NoticeDeclaration {
  to?: readonly Addressee[];
  offices?: readonly Office[];
  /** For the resident and for the named staff, unless they have their own wording. */
  text?: Wording;
  handler?: Wording;
  filer?: Wording;
  follower?: Wording;
  partner?: Wording;
  office?: Wording;
}

/** A message outside the app: its recipient, channel and template. */
export interface MessageDeclaration {
  /**
   * `group`: the cadres' group chat; `onDuty`: each cadre on duty; `offeree`: the cadre to whom the request is offered;
   * `committee`: its clerks.
   */
  to: "resident" | "handler" | "group" | "onDuty" | "offeree" | "committee";
  channel: "wechat" | "wecom" | "sms";
  purpose: "accepted" | "question" | "resolved" | "assigned" | "filed" | "offered" | "due" | "untaken";
  /** May be delayed by quiet hours. Messages about urgent requests never are. */
  waits: boolean;
  /** Only for urgent requests. */
  urgentOnly?: true;
  /** Only for offers to a cadre who is on call and off duty. */
  backupOnly?: true;
}

/** Roles that may read the log. */
export type StaffRole = Exclude<Role, "resident" | "partner">;

/**
 * The readers of an event besides the staff of its community, each with the visible fields of `data`. Readers that are
 * not named do not learn of the event.
 */
export interface Audience<Field extends string> {
  /** The resident, and a family member with the resident's consent. */
  resident?: readonly Field[];
  /** A family member without the resident's consent yet, and a community that is asked to take the request over. */
  family?: readonly Field[];
  /** A neighbour who follows the request, and communities that have transferred it. */
  follower?: readonly Field[];
  /** The people of the organization that the event names. */
  partner?: readonly Field[];
  /**
   * Limits the staff roles; default: all roles. `hear`: roles that learn of the event. `read`: roles that see its data;
   * the others only see the state.
   */
  staff?: { hear?: readonly StaffRole[]; read?: readonly StaffRole[] };
}

/** The declaration of a type of event. */
export interface EventDeclaration<Data extends z.ZodObject = z.ZodObject> {
  /** A short Chinese name, for table columns and filters. */
  label: string;
  /** The kinds of aggregate that it may be about. */
  about: AboutKind | readonly AboutKind[];
  /** The schema of `data`. Other fields cannot be written. */
  data: Data;
  /** Default: only the staff of the community. */
  audience?: Audience<keyof z.infer<NoInfer<Data>> & string>;
  notice?: NoticeDeclaration;
  /** The page that its notice opens; null: none. */
  landing?: Landing | null;
  /** Messages outside the app. */
  messages?: readonly MessageDeclaration[];
  /**
   * Queries of the front ends whose replies may have changed. Queries with a request's id are those of the event's
   * request.
   */
  stale: readonly OperationKey[];
}

/** Declares a type of event. Its name is its key in the catalogue. */
export const defineEvent = <Data extends z.ZodObject>(declaration: EventDeclaration<Data>): EventDeclaration<Data> =>
  declaration;
