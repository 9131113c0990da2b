import type { Realm } from "../realm.ts";
import { type Maker, Refusal } from "./api.ts";

const MAX_BYTES = 10 * 1024 * 1024;
const MAX_BYTES_A_KEY = 1024 * 1024;

/** The mini-program's storage: 10 MB in total, 1 MB a key. */
export function storageApi(make: Maker, realm: Realm, kept: Map<string, string>): Record<string, unknown> {
  const size = (): number => [...kept].reduce((sum, [key, value]) => sum + Buffer.byteLength(key + value), 0);

  function set(key: string, value: unknown): void {
    const text = JSON.stringify({ value });
    if (Buffer.byteLength(text) > MAX_BYTES_A_KEY) throw new Refusal("entry size limit reached");
    const before = Buffer.byteLength(kept.get(key) ?? "");
    if (size() - before + Buffer.byteLength(text) > MAX_BYTES)
      throw new Refusal("the current storage size is over the maximum size");
    kept.set(key, text);
  }
  /** The stored value; an empty string when there is none, as in WeChat. */
  const get = (key: string): unknown => {
    const text = kept.get(key);
    return text === undefined ? "" : realm.own((JSON.parse(text) as { value?: unknown }).value ?? "");
  };
  const info = (): object => ({
    keys: [...kept.keys()],
    currentSize: Math.ceil(size() / 1024),
    limitSize: MAX_BYTES / 1024,
  });

  return {
    setStorageSync: make.sync("setStorageSync", (key: string, value: unknown) => {
      try {
        set(key, value);
      } catch (thrown) {
        throw realm.error(`setStorageSync:fail ${(thrown as Error).message}`);
      }
    }),
    getStorageSync: make.sync("getStorageSync", get),
    removeStorageSync: make.sync("removeStorageSync", (key: string) => void kept.delete(key)),
    clearStorageSync: make.sync("clearStorageSync", () => kept.clear()),
    getStorageInfoSync: make.sync("getStorageInfoSync", () => realm.own(info())),
    setStorage: make.async("setStorage", ({ key, data }) => set(String(key), data)),
    getStorage: make.async("getStorage", ({ key }) => {
      if (!kept.has(String(key))) throw new Refusal("data not found");
      return { data: get(String(key)) };
    }),
    removeStorage: make.async("removeStorage", ({ key }) => void kept.delete(String(key))),
  };
}
