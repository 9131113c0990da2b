import type { User } from "../../../server/core/domain/accounts/user.ts";
import { newId } from "../../../server/kernel/ids.ts";
import type { World } from "../world.ts";

/**
 * Kinds of people by their relation to a request of the community `east`. A cadre's positions affect only offers and
 * not
 * permissions, so each cadre here stands for cadres of any position.
 */
export const people = {
  nobody: "not logged in",
  owner: "the resident whose request it is",
  family: "the family member who filed it, with the resident's consent",
  follower: "a neighbour who follows it",
  neighbour: "another resident of the community",
  handler: "the cadre who handles it, on duty",
  onDuty: "another cadre, on duty; the request is offered to this one, a task or shift asked of",
  offDuty: "another cadre, off duty",
  left: "a former cadre, without a post, logged in anew",
  clerk: "a clerk of the committee",
  supervisor: "of the subdistrict, to which east and west belong",
  partner: "of the organization that is asked to co-handle",
  otherPartner: "of another organization of the community",
  admin: "the operator of the installation",
  clerkAsResident: "a clerk who acts as a resident, and has registered no home",
  residentThere: "a resident of the community west",
  cadreThere: "a cadre on duty in west",
  clerkThere: "a clerk in west",
  supervisorThere: "of another subdistrict",
  partnerThere: "of an organization of west that has the same name",
  signedOut: "a former cadre with a token from before",
  closed: "somebody who has closed the account, with a token from before",
} as const;

export type Who = keyof typeof people;
export const personKeys = Object.keys(people) as Who[];

/** The people, each created on first use. */
export interface Cast {
  user(who: Exclude<Who, "nobody">): Promise<User>;
}

export function castOf(world: World): Cast {
  const { users } = world.deps.store;
  const made = new Map<Who, Promise<User>>();

  const formerCadre = async (): Promise<User> => users.create({ name: "吴前" });
  const makers: Record<Exclude<Who, "nobody">, () => Promise<User>> = {
    owner: () => world.resident(),
    family: () => world.resident(),
    follower: () => world.resident(),
    neighbour: () => world.resident(),
    handler: () => world.cadre(),
    onDuty: () => world.cadre(),
    offDuty: () => world.cadre("east", { onDuty: false }),
    left: formerCadre,
    clerk: () => world.staff("committee"),
    supervisor: () => world.staff("supervisor", ["east", "west"]),
    partner: () => world.staff("partner"),
    otherPartner: () => world.staff("partner"),
    admin: () => world.staff("admin", []),
    async clerkAsResident() {
      const clerk = await world.staff("committee");
      return (await users.update(clerk.id, { actingAs: null })) ?? clerk;
    },
    residentThere: () => world.resident("west"),
    cadreThere: () => world.cadre("west"),
    clerkThere: () => world.staff("committee", ["west"]),
    supervisorThere: () => world.staff("supervisor", ["north"]),
    async partnerThere() {
      const [here] = (await cast.user("partner")).memberships;
      const held = { ...here!, id: newId(), communityId: "west", communityIds: ["west"] };
      return users.create({ name: "郑同名", memberships: [held], actingAs: held.id });
    },
    async signedOut() {
      const user = await formerCadre();
      return (await users.update(user.id, { signedOutAt: world.clock.now() })) ?? user;
    },
    closed: () => users.create({ closedAt: world.clock.now() }),
  };

  const cast: Cast = {
    user(who) {
      const known = made.get(who) ?? makers[who]();
      made.set(who, known);
      return known;
    },
  };
  return cast;
}
