import type { EventType } from "../../../../contract/events.ts";
import { type Actor, hasRole } from "../../../kernel/actor.ts";
import { type Transition, defineLifecycle } from "../../../kernel/lifecycle.ts";

const swapStates = ["asked", "accepted", "approved", "declined", "refused", "withdrawn"] as const;
export type SwapState = (typeof swapStates)[number];
export type SwapStep = "accept" | "decline" | "withdraw" | "approve" | "refuse";

/**
 * A cadre's request that another takes a shift (换班), possibly in return for one of the other's in the same week.
 */
export interface Swap {
  id: string;
  shiftId: string;
  fromId: string;
  toId: string;
  /** The shift of `toId` that `fromId` takes in return; null when there is none. */
  returnShiftId: string | null;
  note: string | null;
  state: SwapState;
  askedAt: Date;
}

type SwapEvent = Extract<EventType, `shift.${string}`>;

/** Whether a swap is still undecided. */
export const isOpenSwap = ({ state }: Swap): boolean => state === "asked" || state === "accepted";

interface SwapLifecycle {
  subject: { swap: Swap; communityId: string };
  actor: Actor;
  state: SwapState;
  action: SwapStep;
  /** `asker`: the cadre who gives the shift away. `asked`: the cadre who is to take it. */
  relation: "asker" | "asked" | "committee";
  condition: never;
  outcome: never;
  event: SwapEvent;
  store: "week";
}

const transitions: readonly Transition<SwapLifecycle>[] = [
  { action: "accept", from: ["asked"], who: ["asked"], to: "accepted", event: "shift.swap_accepted", stores: "week", does: "同意换班" },
  { action: "decline", from: ["asked"], who: ["asked"], to: "declined", event: "shift.swap_declined", stores: "week", does: "不换" },
  { action: "withdraw", from: ["asked", "accepted"], who: ["asker"], to: "withdrawn", event: "shift.swap_withdrawn", stores: "week", does: "撤回换班" },
  { action: "approve", from: ["accepted"], who: ["committee"], to: "approved", event: "shift.swapped", stores: "week", does: "批准换班" },
  { action: "refuse", from: ["asked", "accepted"], who: ["committee"], to: "refused", event: "shift.swap_refused", stores: "week", does: "不批准换班" },
]; // prettier-ignore

/** The lifecycle of a swap. */
export const swapLifecycle = defineLifecycle<SwapLifecycle>({
  states: swapStates,
  stateOf: ({ swap }) => swap.state,
  relations: {
    asker: (actor, { swap }) => actor.userId === swap.fromId,
    asked: (actor, { swap }) => actor.userId === swap.toId,
    committee: (actor, { communityId }) => hasRole(actor, "committee", communityId),
  },
  conditions: {},
  notAllowed: { refusal: "auth.forbidden" },
  stateConflict: { refusal: "swap.state_conflict" },
  transitions,
});

/** The steps that this actor may take with the swap now. */
export const swapAbilities = (swap: Swap, communityId: string, actor: Actor, now: Date): SwapStep[] =>
  swapLifecycle.abilities({ swap, communityId }, actor, now);

/** The swap after a step, and its event type. Throws `auth.forbidden`, `swap.state_conflict`. */
export function decideSwap(
  swap: Swap,
  communityId: string,
  step: SwapStep,
  actor: Actor,
  now: Date,
): { swap: Swap; event: SwapEvent } {
  const subject = { swap, communityId };
  const transition = swapLifecycle.guard(subject, step, actor, now);
  return { swap: { ...swap, state: swapLifecycle.nextState(subject, transition) }, event: transition.event };
}
