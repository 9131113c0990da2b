import Taro from "@tarojs/taro";

/** What is kept on this device. A device that refuses to store (private window, full disk) must not break the page. */
export interface KeyValue {
  get(key: string): unknown;
  set(key: string, value: unknown): void;
  remove(key: string): void;
}

/** This app's storage; keys carry a prefix, since on H5 the console shares the origin. */
export const storage: KeyValue = {
  get(key) {
    try {
      const value: unknown = Taro.getStorageSync(prefixed(key));
      return value === "" ? undefined : value;
    } catch {
      return undefined;
    }
  },
  set(key, value) {
    try {
      Taro.setStorageSync(prefixed(key), value);
    } catch {
      // Kept in memory only; the page goes on.
    }
  },
  remove(key) {
    try {
      Taro.removeStorageSync(prefixed(key));
    } catch {
      // Nothing was kept.
    }
  },
};

const prefixed = (key: string): string => `dxe.${key}`;
