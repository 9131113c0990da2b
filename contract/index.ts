import type { z } from "zod";
import { accountOperations } from "./account.ts";
import { auditOperations } from "./audit.ts";
import { proxyFilingOperations } from "./proxy-filing.ts";
import { calendarOperations } from "./calendar.ts";
import { callbackOperations } from "./callback.ts";
import { clockOperations } from "./clock.ts";
import { communityOperations } from "./community.ts";
import { moduleOperations } from "./modules.ts";
import { ownAccountOperations } from "./own-account.ts";
import { ownDataOperations } from "./own-data.ts";
import { platformOperations } from "./platform.ts";
import { dispatchOperations } from "./dispatch.ts";
import { dutyProofOperations } from "./duty-proof.ts";
import { handoverOperations } from "./handover.ts";
import { leaveOperations } from "./leave.ts";
import { nearOperations } from "./near.ts";
import { notifyOperations } from "./notify.ts";
import { recordOperations } from "./record.ts";
import { requestOperations } from "./request-operations.ts";
import { revealOperations } from "./reveal.ts";
import { buildingOperations } from "./buildings.ts";
import { catalogueOperations } from "./catalogue.ts";
import { communitySettingsOperations } from "./community-settings.ts";
import { peopleOperations } from "./people.ts";
import { invitationOperations } from "./invitation.ts";
import { templateOperations } from "./templates.ts";
import { transferOperations } from "./transfer.ts";
import { sessionOperations } from "./sessions.ts";
import { rosterOperations } from "./roster.ts";

/** Every operation of the API, by method and path. */
export const operations = {
  ...accountOperations,
  ...sessionOperations,
  ...communityOperations,
  ...calendarOperations,
  ...rosterOperations,
  ...leaveOperations,
  ...requestOperations,
  ...proxyFilingOperations,
  ...callbackOperations,
  ...nearOperations,
  ...transferOperations,
  ...clockOperations,
  ...templateOperations,
  ...dispatchOperations,
  ...handoverOperations,
  ...recordOperations,
  ...dutyProofOperations,
  ...notifyOperations,
  ...platformOperations,
  ...ownAccountOperations,
  ...ownDataOperations,
  ...auditOperations,
  ...revealOperations,
  ...buildingOperations,
  ...invitationOperations,
  ...peopleOperations,
  ...communitySettingsOperations,
  ...catalogueOperations,
  ...moduleOperations,
} as const;

export type Operations = typeof operations;
export type OpKey = keyof Operations;

type In<T> = T extends z.ZodType ? z.input<T> : undefined;
type Out<T> = T extends z.ZodType ? z.output<T> : undefined;
type Part<K extends OpKey, P extends string> = Operations[K] extends Record<P, infer S> ? S : undefined;

/** Keeps the parts that an operation has. A part with optional keys only is optional. */
type Present<T> = {
  [P in keyof T as T[P] extends undefined ? never : Record<never, never> extends T[P] ? never : P]: T[P];
} & { [P in keyof T as T[P] extends undefined ? never : Record<never, never> extends T[P] ? P : never]?: T[P] };

/** The arguments of a client's call: `{ params, query, body }`, each only if the operation has it. */
export type Input<K extends OpKey> = Present<{
  params: In<Part<K, "params">>;
  query: In<Part<K, "query">>;
  body: In<Part<K, "body">>;
}>;

/** The input of a route's handler after validation, with defaults. */
export interface Parsed<K extends OpKey> {
  params: Out<Part<K, "params">>;
  query: Out<Part<K, "query">>;
  body: Out<Part<K, "body">>;
}

/** The JSON of a successful reply; undefined for `none` and `file`. */
export type Reply<K extends OpKey> = Out<Part<K, "reply">>;

export type { Operation } from "./operation.ts";
export type { LoggedInDevice } from "./sessions.ts";
export type { Enrolment, OwnAccount } from "./own-account.ts";
export type { CoTask } from "./co-task.ts";
export type { Organization } from "./modules/co-handling.ts";
export type { Complaint } from "./modules/complaints.ts";
export type { PhotoReview } from "./platform.ts";
export type { RevealEntry, OwnData } from "./own-data.ts";
export type { CadreCard, ErrorEnvelope, FileRef, Role } from "./common.ts";
export type { Me, Membership, Resident, Session, Tier } from "./account.ts";
export type { Community, Duty, KnowledgeCard, Service } from "./community.ts";
export type {
  Action,
  Message,
  Rating,
  Relation,
  Request,
  RequestDetail,
  ReturnCode,
  Status,
  TimelineEntry,
} from "./request.ts";
export type { LiveCodes, LiveEvent, LiveFromClient, LiveFromServer } from "./live.ts";
export type { CatalogueService } from "./catalogue.ts";
export type { Post } from "./people.ts";
export type { Invitation } from "./invitation.ts";
export type { DutyProof } from "./duty-proof.ts";
export type { Export } from "./modules/exports.ts";
export type { FiguresRow, HandlingCycle, HandlingCycleSelection } from "./modules/figures.ts";
export type { NearRequest } from "./near.ts";
export type { Delivery } from "./notify.ts";
export type { Leave, LeaveToDecide } from "./leave.ts";
export type { Pattern, RosterWeek, Shift, Swap } from "./roster.ts";
export type { DemoAccount, LogEntry, Notice } from "./record.ts";
export type { AuditKind } from "./audit.ts";
export type { RevealField } from "./reveal.ts";
export type { CallbackAnswer } from "./callback.ts";
export type { ReplyTemplate } from "./templates.ts";
