import { words } from "../../../i18n";

export default definePageConfig({ navigationBarTitleText: words.proxyFiling.page.title });
