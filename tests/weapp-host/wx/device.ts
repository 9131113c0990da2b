import type { Realm } from "../realm.ts";
import type { Maker } from "./api.ts";

const system = {
  brand: "devtools",
  model: "iPhone 12/13 (Pro)",
  platform: "devtools",
  system: "iOS 16.0",
  language: "zh_CN",
  version: "8.0.50",
  SDKVersion: "3.5.8",
  theme: "light",
  pixelRatio: 3,
  screenWidth: 390,
  screenHeight: 844,
  windowWidth: 390,
  windowHeight: 753,
  statusBarHeight: 47,
  fontSizeSetting: 16,
  safeArea: { left: 0, right: 390, top: 47, bottom: 810, width: 390, height: 763 },
};

/** Listeners for events that never occur on this device. */
const quiet = [
  "MemoryWarning", "ThemeChange", "WindowResize", "KeyboardHeightChange", "UserCaptureScreen", "AppShow", "AppHide", "Error",
  "PageNotFound", "UnhandledRejection",
]; // prettier-ignore

/** The functions of `wx` about the phone and WeChat itself. `knows`: whether the typings have that member of `wx`. */
export function deviceApi(
  make: Maker,
  realm: Realm,
  launch: object,
  knows: (name: string) => boolean,
): Record<string, unknown> {
  const returns = (name: string, value: object): [string, unknown] => [name, make.sync(name, () => realm.own(value))];
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined, setFilterMsg: () => undefined };
  const update = {
    onCheckForUpdate: () => undefined,
    onUpdateReady: () => undefined,
    onUpdateFailed: () => undefined,
    applyUpdate: () => undefined,
  };
  return {
    ...Object.fromEntries(
      ["getSystemInfoSync", "getWindowInfo", "getDeviceInfo", "getAppBaseInfo"].map((name) => returns(name, system)),
    ),
    ...Object.fromEntries(
      quiet
        .flatMap((name) => ["on", "off"].map((way) => [way + name, () => undefined]))
        .filter(([name]) => knows(name as string)),
    ),
    ...Object.fromEntries([returns("getLaunchOptionsSync", launch), returns("getEnterOptionsSync", launch)]),
    getSystemInfo: make.async("getSystemInfo", () => system),
    getAccountInfoSync: () => realm.own({ miniProgram: { appId: "touristappid", envVersion: "develop", version: "" } }),
    getUpdateManager: () => update,
    getLogManager: () => log,
    getRealtimeLogManager: () => log,
    canIUse: (schema: string) => knows(schema.split(".")[0] ?? ""),
  };
}
