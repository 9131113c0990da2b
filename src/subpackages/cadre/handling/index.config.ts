import { words } from "../../../i18n";

export default definePageConfig({ navigationBarTitleText: words.cadre.handling.title, enablePullDownRefresh: true });
