import type { z } from "zod";
import { accountEvents } from "./events/accounts.ts";
import { clockEvents } from "./events/clocks.ts";
import { coHandlingEvents } from "./events/co-handling.ts";
import { communityEvents } from "./events/community.ts";
import { complaintEvents } from "./events/complaints.ts";
import type { EventDeclaration } from "./events/define.ts";
import { dispatchEvents } from "./events/dispatch.ts";
import { dutyEvents } from "./events/duty.ts";
import { exportEvents } from "./events/exports.ts";
import { photoEvents } from "./events/photos.ts";
import { postEvents } from "./events/posts.ts";
import { ratingEvents } from "./events/ratings.ts";
import { requestEvents } from "./events/requests.ts";
import { revealEvents } from "./events/reveals.ts";
import { rosterEvents } from "./events/roster.ts";
import { shiftEvents } from "./events/shifts.ts";
import { togetherEvents } from "./events/together.ts";
import { transferEvents } from "./events/transfers.ts";

/** The files of the catalogue, each of one feature. */
export const eventFeatures = [
  requestEvents,
  dispatchEvents,
  clockEvents,
  ratingEvents,
  togetherEvents,
  transferEvents,
  coHandlingEvents,
  photoEvents,
  complaintEvents,
  accountEvents,
  postEvents,
  communityEvents,
  rosterEvents,
  shiftEvents,
  dutyEvents,
  exportEvents,
  revealEvents,
] as const;

/** Every type of event that can be written, with all that follows from it. What is not here does not exist. */
export const events = {
  ...requestEvents,
  ...dispatchEvents,
  ...clockEvents,
  ...ratingEvents,
  ...togetherEvents,
  ...transferEvents,
  ...coHandlingEvents,
  ...photoEvents,
  ...complaintEvents,
  ...accountEvents,
  ...postEvents,
  ...communityEvents,
  ...rosterEvents,
  ...shiftEvents,
  ...dutyEvents,
  ...exportEvents,
  ...revealEvents,
};

export type EventType = keyof typeof events;
/** What an event of that type tells. */
export type EventData<T extends EventType = EventType> = z.infer<(typeof events)[T]["data"]>;

/** The declarations by name, for a type that may be of a later server. */
export const declarations: Readonly<Record<string, EventDeclaration>> = events;

export type {
  AboutKind,
  Addressee,
  EventDeclaration,
  Landing,
  MessageDeclaration,
  Office,
  Wording,
} from "./events/define.ts";
