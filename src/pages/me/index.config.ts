import { words } from "../../i18n";

export default definePageConfig({ navigationBarTitleText: words.account.me.title, enablePullDownRefresh: true });
