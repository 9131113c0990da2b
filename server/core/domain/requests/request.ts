import type { Urgency } from "../community/community.ts";
import type { ClockName, ScheduledEscalation } from "./clocks.ts";

export const statuses = [
  "queued",
  "claimed",
  "handling",
  "waiting",
  "suspended",
  "resolved",
  "closed",
  "withdrawn",
  "rejected",
] as const;
export type Status = (typeof statuses)[number];

/** A personal datum at rest: encrypted, with the id of its key. Only presenters that may show it open it. */
export type Sealed = string & { readonly __sealed: true };

export type Outcome = "solved" | "partly" | "unsolved";

export interface Rating {
  outcome: Outcome;
  scores: { response: number; attitude: number; result: number };
  tags: readonly string[];
  comment: string;
  at: Date;
}

/**
 * Whether the resident agrees that a family member acts for them (代办): asked of the resident in person, never
 * assumed.
 */
export interface Consent {
  state: "asked" | "given" | "refused";
  /** Whether the family member may also rate. */
  mayRate: boolean;
  /** How the resident said it: to the handler on the phone or face to face, or in the app. Null while it is asked. */
  how: "call" | "visit" | "app" | null;
  at: Date | null;
}

/**
 * Who filed a request for its resident: a cadre or clerk (代提交), or a family member (代办), whose `consent` is the
 * resident's.
 */
export interface Filer {
  id: string;
  name: string;
  as: "cadre" | "committee" | "family";
  /** What the resident is to a family member; null for staff. */
  relation: Relative | null;
  consent: Consent | null;
}

export const relatives = ["parent", "grandparent", "spouse", "relative", "neighbour"] as const;
export type Relative = (typeof relatives)[number];

/** What a handler asks of the committee: more time (延期), or that the clock stand still (挂账), until then. */
export interface TimeRequest {
  kind: "extension" | "suspension";
  until: Date;
  reason: string;
  at: Date;
}

/** Another community is asked to take it over, by whom, why. */
export interface Transfer {
  to: string;
  toName: string;
  fromName: string;
  reason: string;
  byName: string;
  at: Date;
}

/** A request offered to one cadre until then; `backup`: who is on call, though off duty. */
export interface Offer {
  cadreId: string;
  cadreName: string;
  kind: "duty" | "backup";
  at: Date;
  expiresAt: Date;
}

/** The highest escalation that the request has come to. */
export interface Escalation {
  level: "reminded" | "overdue" | "supervised";
  clock: ClockName;
  at: Date;
}

/** What came of a call: whether the resident is satisfied now, or could not be reached, which leaves it due. */
export const callbackResults = ["satisfied", "unsatisfied", "unreached"] as const;
export type CallbackResult = (typeof callbackResults)[number];

/** A callback (回访) after a bad rating, by somebody else than who was rated. */
export interface Callback {
  why: "unsolved" | "low-score";
  dueBy: Date;
  /** Whose work was rated: they do not call. */
  exceptId: string | null;
  /** Calls at which nobody was reached. */
  attempts: number;
  /** The committee was told that it is late. */
  late: boolean;
  made: { at: Date; byId: string; byName: string; answer: Exclude<CallbackResult, "unreached">; text: string } | null;
}

/**
 * What a cadre leaves behind at the end of a shift (交班说明), for whoever goes on: a colleague, or oneself the next
 * day.
 */
export interface Handover {
  note: string;
  fromId: string;
  fromName: string;
  /** Null: it stays with the one who wrote it. */
  toName: string | null;
  at: Date;
}

/** A request (诉求/工单). `version` counts its steps; step n left event `id:n`. */
export interface Request {
  id: string;
  no: string;
  version: number;
  communityId: string;
  serviceCode: string;
  /** The version of the service that it was filed under; 1 when left out. */
  serviceVersion?: number;
  urgency: Urgency;
  status: Status;
  /** Place in the queue, ms since the epoch; smallest first. */
  queueKey: number;
  title: string;
  description: string;
  answers: Readonly<Record<string, string>>;
  place: { building: string; unit: Sealed; room: Sealed };
  contact: { name: string; phone: Sealed };
  timeWindow: { label: string; from?: Date; to?: Date } | null;
  fileIds: readonly string[];
  residentId: string;
  residentName: string;
  /** Null: the resident. */
  filedBy: Filer | null;
  /** The community whose counter accepted it for this one (一窗通收); null: it came in here. */
  acceptedIn: string | null;
  transfer: Transfer | null;
  /** Communities that were ever asked to take it over: their logs name it, so they see its course. */
  askedIds: readonly string[];
  /** Communities that have answered for it before, in order. */
  formerIds: readonly string[];
  /** Neighbours who follow it instead of filing the same. */
  followers: readonly { id: string; at: Date }[];
  handlerId: string | null;
  /** A cadre's real name is public; kept here so that a lost claim can name the winner without another read. */
  handlerName: string | null;
  submittedAt: Date;
  /** Deadlines. While the clock waits they stand still at the value they had when it stopped. */
  respondBy: Date;
  resolveBy: Date;
  claimedAt: Date | null;
  firstContactAt: Date | null;
  resolvedAt: Date | null;
  closedAt: Date | null;
  /** Escalations still ahead, in order of time. */
  rungs: readonly ScheduledEscalation[];
  /** When an escalation is due for it next; null while nothing is due. */
  dueAt: Date | null;
  escalation: Escalation | null;
  /** Since when the clocks stand still, waiting for the resident or suspended; null while they run. */
  waitingSince: Date | null;
  /** To whom it is offered, while it waits in the queue. An offer hides it from nobody. */
  offer: Offer | null;
  /** Cadres who need not be asked again: offered in vain since it came into the queue, or just had it. */
  tried: readonly string[];
  /** When the dispatcher looks at it next; null: it is in nobody's queue. */
  dispatchAt: Date | null;
  /** Everybody was asked in vain: until then only somebody new is asked, then all are again. */
  restsUntil: Date | null;
  /** The committee was told that nobody takes it. */
  committeeCalled: boolean;
  /** What the handler has asked of the committee and it has not decided. */
  plea: TimeRequest | null;
  /** What the last cadre left behind at the end of a shift. */
  handover: Handover | null;
  /** Until when the committee has suspended it. */
  suspendedUntil: Date | null;
  question: { text: string; askedAt: Date } | null;
  result: { text: string; fileIds: readonly string[] } | null;
  rating: Rating | null;
  /** Of the last resolution; null: its rating calls for none. */
  callback: Callback | null;
  closingReason: string | null;
  reworkCount: number;
  /** The head of the unit, named on it when it was to be done again (重办); null before. */
  unitHead: string | null;
  /** How often a cadre has given it back (退单). */
  returnCount: number;
  /** Sub-tasks of other organizations (协办) that are not at an end: with one in it, the request cannot be resolved. */
  openTasks: readonly string[];
  /** Organizations (协办单位) that have done their part since it was filed, or asked for rework. */
  coHandlers: readonly string[];
}
