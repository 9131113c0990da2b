import { collaborationStory } from "../../../i18n/zh/collaboration";

export default definePageConfig({ navigationBarTitleText: collaborationStory.follow.title });
