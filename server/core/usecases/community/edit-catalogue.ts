import type { EventType } from "../../../kernel/event.ts";
import { type Actor, hasRole } from "../../../kernel/actor.ts";
import type { CommandContext } from "../../../kernel/command.ts";
import { refuse } from "../../../kernel/errors.ts";
import { type CatalogueChange, changedFields, putService, serviceVersionOf } from "../../domain/community/catalogue.ts";
import type { Service } from "../../domain/community/community.ts";
import type { Uses } from "../../ports.ts";
import { takeCommunityStep } from "./take-community-step.ts";

/**
 * All services of the community with their knowledge cards, retired ones included. Throws `auth.forbidden`,
 * `community.unknown`.
 */
export async function readCatalogue(
  deps: Uses<"store">,
  actor: Actor,
  communityId: string,
): Promise<readonly Service[]> {
  if (!hasRole(actor, "committee", communityId)) refuse("auth.forbidden");
  const loaded = (await deps.store.communities.load(communityId)) ?? refuse("community.unknown");
  return loaded.value.services;
}

/**
 * Changes a service, or adds one when `seen` is 0. A change makes a new version. The previous one is stored first, so
 * that every request finds the version under which it was filed. Throws `auth.forbidden`, and what `putService` throws.
 */
export async function saveService(
  deps: Uses<"clock" | "store" | "wakeRelay">,
  command: CommandContext,
  communityId: string,
  given: Service,
  seen: number,
): Promise<Service> {
  const saved = await takeCommunityStep(deps, command, communityId, async ({ services }) => {
    const change = putService(services, given, seen);
    if (!change) return null;
    if (change.before) await deps.store.serviceVersions.keep(communityId, change.before);
    return { set: { services: change.services }, type: typeOf(change), data: told(change) };
  });
  return saved.services.find(({ serviceCode }) => serviceCode === given.serviceCode) ?? refuse("service.unknown");
}

function typeOf({ before, after }: CatalogueChange): Extract<EventType, `service.${string}`> {
  if (!before) return "service.added";
  if (Boolean(before.retired) === Boolean(after.retired)) return "service.changed";
  return after.retired ? "service.retired" : "service.restored";
}

const told = ({ before, after }: CatalogueChange) => ({
  code: after.serviceCode,
  title: after.title,
  version: serviceVersionOf(after),
  fields: before ? changedFields(before, after) : [],
});
