import { words } from "../../../i18n";

export default definePageConfig({ navigationBarTitleText: words.cadre.queue.title, enablePullDownRefresh: true });
