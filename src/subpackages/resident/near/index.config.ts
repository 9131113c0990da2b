import { collaborationStory } from "../../../i18n/zh/collaboration";

export default definePageConfig({ navigationBarTitleText: collaborationStory.near.title });
