import type {
  CommunitySettings as SettingsReply,
  communitySettingsOperations,
} from "../../../../contract/community-settings.ts";
import type { CommunitySettings } from "../../domain/community/community-settings.ts";
import { changeSettings, readSettings } from "../../usecases/community/edit-settings.ts";
import type { Handlers } from "../../http/handler.ts";

const present = ({ workingHours, ...rest }: CommunitySettings): SettingsReply => ({
  ...rest,
  workingHours: {
    weekdays: [...workingHours.weekdays],
    spans: workingHours.spans.map(([from, to]): [number, number] => [from, to]),
  },
});

export const communitySettingsRoutes: Handlers<keyof typeof communitySettingsOperations> = {
  "GET /api/communities/:id/settings": async ({ deps, actor, params }) =>
    present(await readSettings(deps, actor, params.id)),
  "PUT /api/communities/:id/settings": async (call) =>
    present(await changeSettings(call.deps, call, call.params.id, call.body)),
};
