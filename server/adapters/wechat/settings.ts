/** Where WeChat's API answers, and for which mini-program. */
export interface WeChatSettings {
  baseUrl: string;
  appId: string;
  secret: string;
}
