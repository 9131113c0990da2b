import { type Actor, holds } from "../../../kernel/actor.ts";
import { refuse } from "../../../kernel/errors.ts";

export type SwapState = "asked" | "accepted" | "approved" | "declined" | "refused" | "withdrawn";
export type SwapStep = "accept" | "decline" | "withdraw" | "approve" | "refuse";

/** A cadre asks another to take a shift (换班), perhaps for one of the other's in the same week. */
export interface Swap {
  id: string;
  shiftId: string;
  fromId: string;
  toId: string;
  /** The shift of `toId` that `fromId` takes in return; null: none. */
  returnShiftId: string | null;
  note: string | null;
  state: SwapState;
  askedAt: Date;
}

/** Every step of a swap: from which states, by whom, to which, with which event. */
const steps: Readonly<
  Record<SwapStep, { from: readonly SwapState[]; who: "asker" | "asked" | "committee"; to: SwapState; event: string }>
> = {
  accept: { from: ["asked"], who: "asked", to: "accepted", event: "shift.swap_accepted" },
  decline: { from: ["asked"], who: "asked", to: "declined", event: "shift.swap_declined" },
  withdraw: { from: ["asked", "accepted"], who: "asker", to: "withdrawn", event: "shift.swap_withdrawn" },
  approve: { from: ["accepted"], who: "committee", to: "approved", event: "shift.swapped" },
  refuse: { from: ["asked", "accepted"], who: "committee", to: "refused", event: "shift.swap_refused" },
};

/** A swap that may still come about. */
export const isOpenSwap = ({ state }: Swap): boolean => state === "asked" || state === "accepted";

function mayTake(swap: Swap, communityId: string, step: SwapStep, actor: Actor): boolean {
  const { who } = steps[step];
  if (who === "committee") return holds(actor, "committee", communityId);
  return actor.userId === (who === "asker" ? swap.fromId : swap.toId);
}

/** What this actor may do with the swap now. */
export const swapAbilities = (swap: Swap, communityId: string, actor: Actor): SwapStep[] =>
  (Object.keys(steps) as SwapStep[]).filter(
    (step) => mayTake(swap, communityId, step, actor) && steps[step].from.includes(swap.state),
  );

/** The step's outcome. Throws `auth.forbidden`, `swap.state_conflict`. */
export function decideSwap(
  swap: Swap,
  communityId: string,
  step: SwapStep,
  actor: Actor,
): { swap: Swap; event: string } {
  if (!mayTake(swap, communityId, step, actor)) refuse("auth.forbidden");
  if (!steps[step].from.includes(swap.state)) refuse("swap.state_conflict");
  return { swap: { ...swap, state: steps[step].to }, event: steps[step].event };
}
