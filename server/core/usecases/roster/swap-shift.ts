import type { EventData } from "../../../kernel/event.ts";
import type { CommandContext } from "../../../kernel/command.ts";
import { refuse } from "../../../kernel/errors.ts";
import { idFromKey, newId } from "../../../kernel/ids.ts";
import type { Day } from "../../domain/community/calendar.ts";
import { type Swap, type SwapStep, decideSwap } from "../../domain/roster/roster-swap.ts";
import { type WeekContext, askSwap, shiftsAfterSwap } from "../../domain/roster/roster-week.ts";
import type { RosterWeek } from "../../domain/roster/roster.ts";
import type { Uses } from "../../ports.ts";
import { takeWeekStep } from "./edit-week.ts";
import { assertStaff } from "./read-week.ts";

/** The most swaps that a week stores. Older ones are in the log. */
const MAX_SWAPS = 60;

const findSwap = (week: RosterWeek, id: string): Swap =>
  week.swaps.find((swap) => swap.id === id) ?? refuse("swap.unknown");

/** The event's data about a swap. */
function told(swap: Swap, week: RosterWeek, { cadres }: WeekContext): EventData<"shift.swapped"> {
  const shift = week.shifts.find(({ id }) => id === swap.shiftId);
  return {
    swapId: swap.id,
    from: cadres.get(swap.fromId)?.name ?? "",
    to: cadres.get(swap.toId)?.name ?? "",
    day: shift?.day ?? null,
    name: shift?.name ?? null,
  };
}

/**
 * Asks a colleague to take one of the actor's shifts, possibly in return for one of the colleague's. Throws as {@link
 * askSwap} does.
 */
export async function askForSwap(
  deps: Uses<"clock" | "holidays" | "store" | "wakeRelay">,
  command: CommandContext,
  communityId: string,
  monday: Day,
  ask: { shiftId: string; toId: string; returnShiftId: string | null; note: string | null },
): Promise<{ week: RosterWeek; swap: Swap }> {
  const { actor, idempotency } = command;
  if (!actor.communityIds.includes(communityId)) refuse("auth.forbidden");
  const id = idempotency ? idFromKey(`swap:${idempotency.key}`) : newId();
  const week = await takeWeekStep(deps, command, communityId, monday, (before, context) => {
    const swap = askSwap(before, { ...ask, id, fromId: actor.userId, state: "asked", askedAt: context.now }, context);
    return {
      set: { swaps: [...before.swaps, swap].slice(-MAX_SWAPS) },
      type: "shift.swap_asked",
      data: told(swap, before, context),
      cadreIds: [swap.toId],
    };
  });
  return { week, swap: findSwap(week, id) };
}

/**
 * Takes a swap's next step. An approval changes the shifts in the same write. Throws `swap.*`, `roster.*`,
 * `auth.forbidden`.
 */
export async function takeSwapStep(
  deps: Uses<"clock" | "holidays" | "store" | "wakeRelay">,
  command: CommandContext,
  communityId: string,
  monday: Day,
  swapId: string,
  step: SwapStep,
): Promise<{ week: RosterWeek; swap: Swap }> {
  assertStaff(command.actor, communityId);
  const week = await takeWeekStep(deps, command, communityId, monday, (before, context) => {
    const { swap, event } = decideSwap(findSwap(before, swapId), communityId, step, command.actor, context.now);
    const goesOn = step === "accept" || step === "approve";
    const after = goesOn ? shiftsAfterSwap(before, swap, context) : before.shifts;
    return {
      set: {
        swaps: before.swaps.map((each) => (each.id === swapId ? swap : each)),
        ...(step === "approve" ? { shifts: after } : {}),
      },
      type: event,
      data: told(swap, before, context),
      cadreIds: [swap.fromId, swap.toId],
    };
  });
  return { week, swap: findSwap(week, swapId) };
}
