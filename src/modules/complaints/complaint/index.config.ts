import { complaints } from "../module";

export default definePageConfig({ navigationBarTitleText: complaints.title, enablePullDownRefresh: true });
