import type { CommandContext } from "../../../kernel/command.ts";
import { type Actor, hasRole } from "../../../kernel/actor.ts";
import { type CommunitySettings, changedSettings, settingsOf } from "../../domain/community/community-settings.ts";
import { refuse } from "../../../kernel/errors.ts";
import type { Uses } from "../../ports.ts";
import { takeCommunityStep } from "./take-community-step.ts";

/** Throws `auth.forbidden`, `community.unknown`. */
export async function readSettings(deps: Uses<"store">, actor: Actor, communityId: string): Promise<CommunitySettings> {
  if (!hasRole(actor, "committee", communityId)) refuse("auth.forbidden");
  const loaded = (await deps.store.communities.load(communityId)) ?? refuse("community.unknown");
  return settingsOf(loaded.value);
}

/**
 * Changes how the office works. Deadlines that are set already stay; what is counted from now on counts by the new
 * hours. Throws `auth.forbidden`, `community.unknown`, `community.closed`, `roster.spans_invalid`.
 */
export async function changeSettings(
  deps: Uses<"clock" | "store" | "wakeRelay">,
  command: CommandContext,
  communityId: string,
  settings: CommunitySettings,
): Promise<CommunitySettings> {
  const saved = await takeCommunityStep(deps, command, communityId, (community) => {
    const before = settingsOf(community);
    const fields = changedSettings(before, settings);
    if (!fields.length) return null;
    return { set: { ...settings }, type: "community.settings_changed", data: { fields, before, after: settings } };
  });
  return settingsOf(saved);
}
