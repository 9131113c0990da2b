import type { z } from "zod";
import { accountEvents } from "./events/accounts.ts";
import { clockEvents } from "./events/clocks.ts";
import { communityEvents } from "./events/community.ts";
import type { EventDeclaration } from "./events/define.ts";
import { erasureEvents } from "./events/erasures.ts";
import { dispatchEvents } from "./events/dispatch.ts";
import { dutyEvents } from "./events/duty.ts";
import { photoEvents } from "./events/photos.ts";
import { postEvents } from "./events/posts.ts";
import { ratingEvents } from "./events/ratings.ts";
import { requestEvents } from "./events/requests.ts";
import { revealEvents } from "./events/reveals.ts";
import { rosterEvents } from "./events/roster.ts";
import { shiftEvents } from "./events/shifts.ts";
import { togetherEvents } from "./events/together.ts";
import { transferEvents } from "./events/transfers.ts";
import { contractModules, moduleEvents } from "./modules.ts";

/** The declarations of the events, one table per feature. */
export const eventFeatures = [
  requestEvents,
  dispatchEvents,
  clockEvents,
  ratingEvents,
  togetherEvents,
  transferEvents,
  photoEvents,
  accountEvents,
  postEvents,
  communityEvents,
  rosterEvents,
  shiftEvents,
  dutyEvents,
  revealEvents,
  erasureEvents,
  ...contractModules.map(({ events: ofModule }) => ofModule),
] as const;

/** Every type of event and its declaration. An event of another type cannot be written. */
export const events = {
  ...requestEvents,
  ...dispatchEvents,
  ...clockEvents,
  ...ratingEvents,
  ...togetherEvents,
  ...transferEvents,
  ...photoEvents,
  ...accountEvents,
  ...postEvents,
  ...communityEvents,
  ...rosterEvents,
  ...shiftEvents,
  ...dutyEvents,
  ...revealEvents,
  ...erasureEvents,
  ...moduleEvents,
};

export type EventType = keyof typeof events;
/** The `data` of an event of that type. */
export type EventData<T extends EventType = EventType> = z.infer<(typeof events)[T]["data"]>;

/**
 * The declarations by name. The type allows for unknown names, since a row may be from a later version of the server.
 */
export const declarations: Readonly<Record<string, EventDeclaration>> = events;

export type { ErasureRule } from "./events/erasures.ts";
export type {
  AboutKind,
  Addressee,
  CoreLanding,
  EventDeclaration,
  Landing,
  MessageDeclaration,
  Office,
  Wording,
} from "./events/define.ts";
