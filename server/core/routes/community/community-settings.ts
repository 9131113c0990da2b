import type {
  CommunitySettings as SettingsReply,
  communitySettingsOperations,
} from "../../../../contract/community-settings.ts";
import { revisionOf } from "../../../kernel/revision.ts";
import type { CommunitySettings } from "../../domain/community/community-settings.ts";
import { changeSettings, readSettings } from "../../usecases/community/edit-settings.ts";
import type { Handlers } from "../../http/handler.ts";

const present = (settings: CommunitySettings): SettingsReply => ({
  ...settings,
  revision: revisionOf(settings),
  workingHours: {
    weekdays: [...settings.workingHours.weekdays],
    spans: settings.workingHours.spans.map(([from, to]): [number, number] => [from, to]),
  },
});

export const communitySettingsRoutes: Handlers<keyof typeof communitySettingsOperations> = {
  "GET /api/communities/:id/settings": async ({ deps, actor, params }) =>
    present(await readSettings(deps, actor, params.id)),
  "PUT /api/communities/:id/settings": async (call) => {
    const { revision, ...settings } = call.body;
    return present(await changeSettings(call.deps, call, call.params.id, settings, revision));
  },
};
