import { hasRole } from "../../../kernel/actor.ts";
import type { CommandContext } from "../../../kernel/command.ts";
import { refuse } from "../../../kernel/errors.ts";
import type { EventContent } from "../../../kernel/event.ts";
import { type AggregateStep, takeAggregateStep } from "../../../kernel/take-aggregate-step.ts";
import type { Uses } from "../../ports.ts";
import type { VersionedCommunity } from "../../store/community/communities.ts";

/** The changes of a community's step, and the content of its event. */
export type CommunityStep = EventContent & Pick<AggregateStep<VersionedCommunity>, "set">;

/**
 * Takes a step of the committee that changes the community, in one conditional write with its event. `decide` returns
 * null when nothing changes. Throws `auth.forbidden`, `community.unknown`, what `decide` throws, `write.contended`.
 */
export async function takeCommunityStep(
  deps: Uses<"clock" | "store" | "wakeRelay">,
  command: CommandContext,
  communityId: string,
  decide: (community: VersionedCommunity, now: Date) => CommunityStep | null | Promise<CommunityStep | null>,
): Promise<VersionedCommunity> {
  if (!hasRole(command.actor, "committee", communityId)) refuse("auth.forbidden");
  const target = {
    repository: deps.store.communities,
    kind: "community" as const,
    id: communityId,
    blank: null,
    unknown: "community.unknown" as const,
  };
  return takeAggregateStep(deps, command, target, async (community, now) => {
    const step = await decide(community, now);
    return step && { ...step, cadreIds: [] };
  });
}
