import type { Urgency } from "./community.ts";

export const statuses = [
  "queued",
  "claimed",
  "handling",
  "waiting",
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

/** A request (诉求/工单). `version` counts its steps; step n left event `id:n`. */
export interface Request {
  id: string;
  no: string;
  version: number;
  communityId: string;
  serviceCode: string;
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
  /** Since when the clock waits for the resident; null while it runs. */
  waitingSince: Date | null;
  question: { text: string; askedAt: Date } | null;
  result: { text: string; fileIds: readonly string[] } | null;
  rating: Rating | null;
  closingReason: string | null;
  reworkCount: number;
}

/** What a step leaves behind: one event of one aggregate. `id` is `aggregateId:version`. */
export interface DomainEvent {
  version: number;
  type: string;
  at: Date;
  communityId: string;
  requestId: string | null;
  requestNo: string | null;
  serviceCode: string | null;
  actor: { id: string; role: string; name: string };
  /** Who is concerned: the resident and the handler before and after. Consumers address notices by these. */
  subjects: {
    residentId: string | null;
    handlerId: string | null;
    previousHandlerId: string | null;
    /** Cadres concerned by something that is not of a request, such as a roster. */
    cadreIds?: readonly string[];
  };
  data: Readonly<Record<string, unknown>>;
}
