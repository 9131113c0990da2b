import type { Leave as LeaveReply } from "../../../../contract/index.ts";
import type { Actor } from "../../../kernel/actor.ts";
import { type Leave, leaveAbilities } from "../../domain/roster/leave.ts";
import { instant } from "../time.ts";

/** A leave with the actor's `abilities`. */
export const presentLeave = (actor: Actor, leave: Leave, now: Date): LeaveReply => ({
  id: leave.id,
  cadre: { id: leave.cadreId, name: leave.cadreName },
  kind: leave.kind,
  from: instant(leave.from),
  to: instant(leave.to),
  note: leave.note,
  state: leave.state,
  askedAt: instant(leave.askedAt),
  abilities: leaveAbilities(leave, actor, now),
});
