import { handOver } from "../../../i18n/zh/hand-over";

export default definePageConfig({ navigationBarTitleText: handOver.title });
