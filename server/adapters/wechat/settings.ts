/** The address of WeChat's API and the credentials of the mini-program. */
export interface WeChatSettings {
  baseUrl: string;
  appId: string;
  secret: string;
}
