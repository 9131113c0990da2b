import Taro from "@tarojs/taro";
import { isH5 } from "./platform";

/** A one-time login code of WeChat. Null on H5, where a person logs in by phone. */
export async function wechatCode(): Promise<string | null> {
  if (isH5) return null;
  const { code } = await Taro.login();
  return code;
}
