import { words } from "../../i18n";

export default definePageConfig({
  navigationBarTitleText: words.home.title,
  enablePullDownRefresh: true,
  enableShareAppMessage: true,
});
