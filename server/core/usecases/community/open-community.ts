import type { Uses } from "../../ports.ts";
import { refuse } from "../../../kernel/errors.ts";
import type { Community } from "../../domain/community/community.ts";
import { operator, postEventData } from "../../domain/people/posts.ts";
import { type NewAccount, giveAccount } from "../accounts/give-account.ts";
import { takeUserStep } from "../accounts/take-user-step.ts";
import { takeAggregateStep } from "../../../kernel/take-aggregate-step.ts";

type Parts = Uses<"store" | "clock" | "wakeRelay" | "passwords">;
type Account = Pick<NewAccount, "account" | "name" | "title">;

/** The community to create, and its first accounts. */
export interface CommunityOpening {
  community: Community;
  clerk: Account;
  /** The subdistrict's account, or null when none is to be created. */
  supervisor: Account | null;
}

/** What was created. Passwords are shown this once. */
export interface OpenedCommunity {
  made: boolean;
  clerkPassword: string | null;
  supervisorPassword: string | null;
}

const command = { actor: operator, idempotency: null };

/**
 * Creates a community with its catalogue, its first clerk, and the subdistrict's account. A repeated call creates what
 * is missing and changes nothing else. Throws `community.exists` when another community has the id or name,
 * `account.taken`.
 */
export async function openCommunity(
  deps: Parts,
  { community, clerk, supervisor }: CommunityOpening,
): Promise<OpenedCommunity> {
  const others = await deps.store.communities.list();
  const named = others.find(({ id, name }) => id !== community.id && name === community.name);
  if (named) refuse("community.exists", { id: named.id, name: named.name });
  const made = await makeCommunity(deps, community);
  const siblings = others.filter(({ id, subdistrict }) => id !== community.id && subdistrict === community.subdistrict);
  await addToSupervisors(
    deps,
    community.id,
    siblings.map(({ id }) => id),
  );
  const communityIds = [community.id];
  const first = await giveAccount(deps, command, { ...clerk, role: "committee", communityIds });
  const above =
    supervisor &&
    (await giveAccount(deps, command, {
      ...supervisor,
      role: "supervisor",
      communityIds: [community.id, ...siblings.map(({ id }) => id)],
    }));
  return { made, clerkPassword: first.password, supervisorPassword: above?.password ?? null };
}

async function makeCommunity(deps: Parts, community: Community): Promise<boolean> {
  let made = false;
  const blank = { ...community, version: 0, communityId: community.id };
  const target = {
    repository: deps.store.communities,
    kind: "community" as const,
    id: community.id,
    blank,
    unknown: "community.unknown" as const,
  };
  await takeAggregateStep(deps, command, target, (found) => {
    made = found === blank;
    // Only name and subdistrict are compared, since the clerk may have edited everything else.
    const same = found.name === community.name && found.subdistrict === community.subdistrict;
    if (!same) refuse("community.exists", { id: found.id, name: found.name });
    if (!made) return null;
    const { name, subdistrict, services } = community;
    return { set: {}, type: "community.opened", data: { name, subdistrict, services: services.length }, cadreIds: [] };
  });
  return made;
}

/** Adds a new community to the posts of the subdistrict's supervisors. */
async function addToSupervisors(deps: Parts, communityId: string, siblingIds: readonly string[]): Promise<void> {
  const holders = await Promise.all(siblingIds.map(async (id) => deps.store.users.holders("supervisor", id)));
  for (const userId of new Set(holders.flat())) {
    await takeUserStep(deps, command, userId, "auth.session_ended", (user) => {
      const post = user.memberships.find(
        ({ role, communityIds }) => role === "supervisor" && siblingIds.some((id) => communityIds.includes(id)),
      );
      if (!post || post.communityIds.includes(communityId)) return null;
      const after = { ...post, communityId: null, communityIds: [...post.communityIds, communityId] };
      return {
        type: "role.changed",
        communityId,
        residentId: null,
        set: { memberships: user.memberships.map((each) => (each === post ? after : each)) },
        data: postEventData(user.id, user.name ?? "", after),
      };
    });
  }
}
