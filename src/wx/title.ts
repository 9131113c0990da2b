import Taro from "@tarojs/taro";

/** Sets the title of WeChat's bar or of the browser tab. */
export function setTitle(title: string): void {
  void Taro.setNavigationBarTitle({ title });
}
