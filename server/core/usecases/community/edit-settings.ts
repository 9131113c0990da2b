import type { CommandContext } from "../../../kernel/command.ts";
import { type Actor, hasRole } from "../../../kernel/actor.ts";
import { type CommunitySettings, changedSettings, settingsOf } from "../../domain/community/community-settings.ts";
import { refuse } from "../../../kernel/errors.ts";
import { assertSeen } from "../../../kernel/revision.ts";
import type { Uses } from "../../ports.ts";
import { takeCommunityStep } from "./take-community-step.ts";

/** The settings of a community's office. Throws `auth.forbidden`, `community.unknown`. */
export async function readSettings(deps: Uses<"store">, actor: Actor, communityId: string): Promise<CommunitySettings> {
  if (!hasRole(actor, "committee", communityId)) refuse("auth.forbidden");
  const loaded = (await deps.store.communities.load(communityId)) ?? refuse("community.unknown");
  return settingsOf(loaded.value);
}

/**
 * Changes how the office works. Deadlines that are set already stay; what is counted from now on counts by the new
 * hours. `seen`: the revision that was read. Throws `auth.forbidden`, `community.unknown`, `community.closed`,
 * `roster.spans_invalid`, `edit.outdated`.
 */
export async function changeSettings(
  deps: Uses<"clock" | "store" | "wakeRelay">,
  command: CommandContext,
  communityId: string,
  settings: CommunitySettings,
  seen: string,
): Promise<CommunitySettings> {
  const saved = await takeCommunityStep(deps, command, communityId, (community) => {
    const before = settingsOf(community);
    const fields = changedSettings(before, settings);
    if (!fields.length) return null;
    assertSeen(seen, before);
    return { set: { ...settings }, type: "community.settings_changed", data: { fields, before, after: settings } };
  });
  return settingsOf(saved);
}
