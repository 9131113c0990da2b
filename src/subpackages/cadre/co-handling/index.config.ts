import { coHandlingStory } from "../../../i18n/zh/co-handling";

export default definePageConfig({ navigationBarTitleText: coHandlingStory.form.title });
