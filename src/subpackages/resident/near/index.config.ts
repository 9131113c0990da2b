import { together } from "../../../i18n/zh/together";

export default definePageConfig({ navigationBarTitleText: together.near.title });
