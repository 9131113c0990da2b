import { coHandling } from "../../../i18n/zh/co-handling";

export default definePageConfig({ navigationBarTitleText: coHandling.form.title });
