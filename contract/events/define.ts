import type { z } from "zod";
import type { Role } from "../common.ts";
import type { OperationKey } from "../operation.ts";

/** What an event is about: the kind of aggregate that it names. */
export type AboutKind =
  | "request"
  | "task"
  | "user"
  | "community"
  | "invitation"
  | "roster-plan"
  | "roster-week"
  | "leave"
  | "complaint"
  | "photo"
  | "export"
  | "reveal"
  | "login-failure";

/** Whom of those that an event names a notice goes to. */
export type Addressee = "resident" | "handler" | "previousHandler" | "filer" | "cadres" | "organization" | "followers";

/** Whoever holds an office of the community (committee), or watches over it (supervisor). */
export type Office = "committee" | "supervisor";

/** Where a notice leads; null: it says all there is. */
export type Landing = "request" | "roster" | "hand-over" | "complaints" | "photos" | "devices";

/**
 * A sentence with places to fill: `{who}` did it, `{no}` is the request's number, `{unit}` an organization, `{named}`
 * a cadre whom the event names besides. `otherwise` is said when it names none.
 */
export type Wording = string | { named: string; otherwise: string };

/**
 * Who is told of an event in the inbox, and in which words. A reader without words of their own reads that there is
 * news.
 */
export interface NoticeDeclaration {
  to?: readonly Addressee[];
  offices?: readonly Office[];
  /** For the resident, and for the staff who are named, unless they have words of their own. */
  text?: Wording;
  handler?: Wording;
  filer?: Wording;
  follower?: Wording;
  partner?: Wording;
  office?: Wording;
}

/** A message outside the app: to whom, by which channel, for which template. */
export interface MessageDeclaration {
  /**
   * `serviceGroup`: the cadres' group chat; `onDuty`: each cadre on duty; `offeree`: to whom it is offered;
   * `committee`: its clerks.
   */
  to: "resident" | "handler" | "group" | "onDuty" | "offeree" | "committee";
  channel: "wechat" | "wecom" | "sms";
  purpose: "accepted" | "question" | "resolved" | "assigned" | "filed" | "offered" | "due" | "untaken";
  /** May wait for the morning; of an urgent request nothing waits. */
  waits: boolean;
  /** Only of an urgent request. */
  urgentOnly?: true;
  /** Only of an offer to whoever is on call, off duty. */
  backupOnly?: true;
}

/** Roles that work with the log. */
export type StaffRole = Exclude<Role, "resident" | "partner">;

/**
 * Who learns of an event besides the staff of its community, each with the fields of `data` that they see. Whoever is
 * not named does not learn that it has happened.
 */
export interface Audience<Field extends string> {
  /** The resident, and a family member who acts for them. */
  resident?: readonly Field[];
  /** A family member who filed it without the resident's consent yet, and a community that is asked to take it over. */
  family?: readonly Field[];
  /** A neighbour who follows it, and other communities that it has passed through. */
  follower?: readonly Field[];
  /** The people of the organization that the event names. */
  partner?: readonly Field[];
  /**
   * Which of the staff: default all of them hear of it and read it. Who hears of it and does not read it sees the
   * state only.
   */
  staff?: { hear?: readonly StaffRole[]; read?: readonly StaffRole[] };
}

/** One type of event, declared once. */
export interface EventDeclaration<Data extends z.ZodObject = z.ZodObject> {
  /** A short Chinese word for it, for a column or a choice. */
  label: string;
  /** The kinds of aggregate that it can be about. */
  about: AboutKind | readonly AboutKind[];
  /** What it tells. Fields that are not here cannot be written. */
  data: Data;
  /** Default: the staff of its community only. */
  audience?: Audience<keyof z.infer<NoInfer<Data>> & string>;
  notice?: NoticeDeclaration;
  /** Where its notice leads; null: nowhere. */
  landing?: Landing | null;
  /** Messages outside the app. */
  messages?: readonly MessageDeclaration[];
  /** Queries of the fronts whose answers it may have changed. Those with a request's id are of the event's request. */
  stale: readonly OperationKey[];
}

/** Declares a type of event; its name is its key in the catalogue. */
export const defineEvent = <Data extends z.ZodObject>(declaration: EventDeclaration<Data>): EventDeclaration<Data> =>
  declaration;
