import { partner } from "../../../i18n/zh/partner";

export default definePageConfig({ navigationBarTitleText: partner.list.title, enablePullDownRefresh: true });
