import { me } from "../../../i18n/zh/me";

export default definePageConfig({ navigationBarTitleText: me.devices.title });
