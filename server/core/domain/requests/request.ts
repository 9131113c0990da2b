import type { Urgency } from "../community/community.ts";
import { type RequestClocks, blankClocks } from "./request-clocks.ts";
import { type RequestContent, blankContent } from "./request-content.ts";
import { type RequestDispatch, blankDispatch } from "./request-dispatch.ts";
import { type RequestHandling, blankHandling } from "./request-handling.ts";
import { type RequestOutcome, blankOutcome } from "./request-outcome.ts";
import { type RequestParty, blankParty } from "./request-party.ts";
import { type RequestTransfer, blankTransfer } from "./request-transfer.ts";

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

/**
 * The groups of a request's fields, besides its identity and state. Each group has a file with its fields and defaults.
 */
export interface RequestGroups {
  content: RequestContent;
  party: RequestParty;
  clocks: RequestClocks;
  dispatch: RequestDispatch;
  transfer: RequestTransfer;
  handling: RequestHandling;
  outcome: RequestOutcome;
}

/**
 * A request (诉求/工单): identity, community, service, state, resident and handler. All other fields are in groups.
 * `version` counts its steps; step n wrote event `id:n`.
 */
export interface Request extends RequestGroups {
  id: string;
  no: string;
  version: number;
  communityId: string;
  serviceCode: string;
  /** The version of the service under which it was filed; 1 when absent. */
  serviceVersion?: number;
  urgency: Urgency;
  status: Status;
  residentId: string;
  handlerId: string | null;
  /**
   * A cadre's real name is public. It is stored here so that a failed claim can name the handler without another read.
   */
  handlerName: string | null;
  submittedAt: Date;
}

/** All defaults of a new request, by group. A stored request without a newer field reads as if it had the default. */
export const blankGroups = {
  content: blankContent,
  party: blankParty,
  clocks: blankClocks,
  dispatch: blankDispatch,
  transfer: blankTransfer,
  handling: blankHandling,
  outcome: blankOutcome,
} satisfies { [G in keyof RequestGroups]: Partial<RequestGroups[G]> };
