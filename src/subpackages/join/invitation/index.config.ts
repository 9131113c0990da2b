import { join } from "../../../i18n/zh/join";

export default definePageConfig({ navigationBarTitleText: join.title });
