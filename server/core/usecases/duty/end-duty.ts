import type { CommandContext } from "../../../kernel/command.ts";
import { refuse } from "../../../kernel/errors.ts";
import { handoverNotesDueAt } from "../../domain/duty/handover.ts";
import { type User, isOnDuty } from "../../domain/accounts/user.ts";
import type { Uses } from "../../ports.ts";
import { takeUserStep } from "../accounts/take-user-step.ts";
import { owedNotes } from "./owed-notes.ts";
import { returnUnstarted } from "./return-unstarted.ts";

/**
 * Ends a cadre's duty now. The duty stays on the user with its new end, and unstarted requests return to the queue. The
 * started ones need hand-over notes first; with `notesLater` they may be written within an hour. Throws
 * `duty.handover_needed`, `duty.not_on_duty`, `write.contended`.
 */
export async function endDuty(
  deps: Uses<"clock" | "holidays" | "keys" | "store" | "wakeRelay" | "wordCheck">,
  command: CommandContext,
  notesLater = false,
): Promise<User> {
  const communityId = command.actor.communityIds[0] ?? refuse("auth.forbidden");
  const cadre = await takeUserStep(deps, command, command.actor.userId, "auth.session_ended", async (user, now) => {
    if (!user.duty || !isOnDuty(user, communityId, now)) return refuse("duty.not_on_duty");
    const owed = (await owedNotes(deps, user)).map(({ id, no }) => ({ id, no }));
    if (owed.length > 0 && !notesLater) refuse("duty.handover_needed", { requests: owed, count: owed.length });
    return {
      type: "duty.ended",
      communityId,
      residentId: null,
      set: {
        duty: {
          ...user.duty,
          until: now,
          endRecordedAt: now,
          ...(owed.length > 0 ? { notesDue: handoverNotesDueAt(now) } : {}),
        },
      },
      data: {
        startedAt: user.duty.startedAt.toISOString(),
        ...(owed.length > 0 ? { owed: owed.map(({ no }) => no) } : {}),
      },
    };
  });
  await returnUnstarted(deps, communityId);
  return cadre;
}
