import Taro from "@tarojs/taro";

/** A store on this device. Failures to store (private window, full disk) must not break the page. */
export interface KeyValue {
  get(key: string): unknown;
  set(key: string, value: unknown): void;
  remove(key: string): void;
}

/** The app's store. Keys have a prefix, because on H5 the console shares the origin. */
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
      // Storing failed; the value is lost when the page closes.
    }
  },
  remove(key) {
    try {
      Taro.removeStorageSync(prefixed(key));
    } catch {
      // Removing failed; the page continues.
    }
  },
};

const prefixed = (key: string): string => `dxe.${key}`;
