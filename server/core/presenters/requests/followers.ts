import type { RequestDetail, TimelineEntry } from "../../../../contract/index.ts";
import type { Actor } from "../../../kernel/actor.ts";
import { maskName } from "../../domain/privacy/mask.ts";
import { seesKnowledge } from "../../domain/requests/policy.ts";
import type { User } from "../../domain/accounts/user.ts";
import type { Request } from "../../domain/requests/request.ts";
import type { TimelineEvent } from "../../usecases/requests/read-request.ts";
import { instant } from "../time.ts";

/** Who follows, for the staff: as they would call them to the door, without the door's number. */
export function presentFollowers({ followers }: Request, people: readonly User[]): RequestDetail["followedBy"] {
  return followers.map(({ id, at }) => {
    const user = people.find((one) => one.id === id || one.mergedIds?.includes(id));
    return {
      name: maskName(user?.name ?? ""),
      building: user?.registration?.building ?? "",
      at: instant(at),
    };
  });
}

/** Followers are shown to the staff and to themselves only. */
export function shownFollower(actor: Actor, request: Request, who: TimelineEvent["actor"]): TimelineEntry["actor"] {
  if (actor.ids.includes(who.id)) return { id: who.id, role: "resident", name: who.name };
  return { id: "", role: "resident", name: seesKnowledge(actor, request) ? maskName(who.name) : "" };
}
