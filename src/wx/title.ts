import Taro from "@tarojs/taro";

/** The title in WeChat's own bar, or of the browser's tab. */
export function setTitle(title: string): void {
  void Taro.setNavigationBarTitle({ title });
}
