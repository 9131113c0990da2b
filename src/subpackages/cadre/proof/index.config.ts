import { dutyProof } from "../../../i18n/zh/duty-proof";

export default definePageConfig({ navigationBarTitleText: dutyProof.title });
