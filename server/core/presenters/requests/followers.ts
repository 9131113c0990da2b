import type { RequestDetail, TimelineEntry } from "../../../../contract/index.ts";
import type { Actor } from "../../../kernel/actor.ts";
import { maskName } from "../../domain/privacy/mask.ts";
import { seesKnowledge } from "../../domain/requests/policy.ts";
import type { User } from "../../domain/accounts/user.ts";
import type { Request } from "../../domain/requests/request.ts";
import type { TimelineEvent } from "../../usecases/requests/read-request.ts";
import { instant } from "../time.ts";

/** The followers of a request, for the staff: masked names and buildings, without unit and room. */
export function presentFollowers(
  { party: { followers } }: Request,
  people: readonly User[],
): RequestDetail["followedBy"] {
  return followers.map(({ id, at }) => {
    const user = people.find((one) => one.id === id || one.mergedIds?.includes(id));
    return {
      name: maskName(user?.name ?? ""),
      building: user?.registration?.building ?? "",
      at: instant(at),
    };
  });
}

/** The actor of a follow event. Staff see a masked name, followers see themselves, all others see nobody. */
export function shownFollower(actor: Actor, request: Request, who: TimelineEvent["actor"]): TimelineEntry["actor"] {
  if (actor.ids.includes(who.id)) return { id: who.id, role: "resident", name: who.name };
  return { id: "", role: "resident", name: seesKnowledge(actor, request) ? maskName(who.name) : "" };
}
