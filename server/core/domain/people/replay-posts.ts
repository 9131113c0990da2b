import type { OwnStep } from "../../../kernel/replay.ts";
import type { Difference } from "../../../kernel/replay-state.ts";
import type { Membership } from "../accounts/user.ts";

/** A role in a community; for a partner also the organization. */
interface Held {
  role: string;
  communityId: string;
  organization: string | null;
}

/** Stands for any role or community, which an erased or old row no longer states. */
const ANY = "*";

const wordOf = ({ role, communityId, organization }: Held): string =>
  `${role}@${communityId}${organization === null ? "" : `（${organization}）`}`;

const heldIn = ({ role, communityIds, organizationName }: Membership): Held[] =>
  communityIds.map((communityId) => ({ role, communityId, organization: organizationName }));

/** Steps of a person that grant, change or end a post. */
export const postEvents: readonly string[] = ["role.granted", "role.changed", "role.ended"];

/** The posts that a step states. For a supervisor: all communities. */
function told({ communityId, data }: OwnStep): Held[] {
  if (!data) return [{ role: ANY, communityId, organization: null }];
  const role = String(data["role"]);
  const organization = typeof data["organization"] === "string" ? data["organization"] : null;
  const communityIds: unknown = data["communityIds"];
  if (Array.isArray(communityIds))
    return (communityIds as string[]).map((id) => ({ role, communityId: id, organization }));
  return [{ role, communityId: role === "supervisor" ? ANY : communityId, organization }];
}

/**
 * Posts that a person holds although no step granted them, and posts that were granted and not ended but are not held.
 * `steps`: those of the person and of the accounts merged into it, in any order.
 */
export function postDifferences(memberships: readonly Membership[], steps: readonly OwnStep[]): Difference[] {
  const given = new Map<string, Held>();
  const inTime = steps.toSorted((a, b) => a.at.getTime() - b.at.getTime() || a.version - b.version);
  for (const step of inTime.filter(({ type }) => postEvents.includes(type))) {
    for (const held of told(step)) {
      if (step.type === "role.ended") given.delete(wordOf(held));
      else given.set(wordOf(held), held);
    }
  }
  const stored = memberships.flatMap(heldIn);
  const covers = (one: Held, held: Held): boolean =>
    (one.role === ANY || one.role === held.role) &&
    (one.communityId === ANY || one.communityId === held.communityId) &&
    (one.role === ANY || one.organization === held.organization);
  const isKnown = ({ role, communityId }: Held): boolean => role !== ANY && communityId !== ANY;
  const words = new Set(stored.map(wordOf));
  return [
    ...stored
      .filter((held) => ![...given.values()].some((one) => covers(one, held)))
      .map((held) => ({ field: "memberships", stored: wordOf(held), replayed: null })),
    ...[...given.values()]
      .filter((held) => isKnown(held) && !words.has(wordOf(held)))
      .map((held) => ({ field: "memberships", stored: null, replayed: wordOf(held) })),
  ];
}
