import { describe, expect, it } from "vitest";
import { deviceOf } from "../../server/core/domain/accounts/device.ts";

const iphone = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)";
const android = "Mozilla/5.0 (Linux; Android 14; ALN-AL00) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0";
const windows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0";

describe("a device", () => {
  it.each([
    [`${iphone} Mobile/15E148 MicroMessenger/8.0.49(0x18003137) NetType/4G Language/zh_CN`, "微信 · iPhone"],
    [`${android} Chrome/120.0 Mobile Safari/537.36 MicroMessenger/8.0.49 MiniProgramEnv/android`, "微信 · 安卓手机"],
    [`${iphone} Mobile/15E148 wxwork/4.1.22 MicroMessenger/7.0.1`, "企业微信 · iPhone"],
    [`${iphone} Version/17.5 Mobile/15E148 Safari/604.1`, "Safari · iPhone"],
    [`${iphone} CriOS/126.0 Mobile/15E148 Safari/604.1`, "Chrome · iPhone"],
    [`${android} Chrome/114.0 HuaweiBrowser/14.0 Mobile Safari/537.36`, "华为浏览器 · 安卓手机"],
    [`${android} MQQBrowser/14.9 Mobile Safari/537.36`, "QQ 浏览器 · 安卓手机"],
    ["Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 Chrome/114.0 Safari/537.36 Mobile", "Chrome · 鸿蒙设备"],
    [`${windows} Safari/537.36`, "Chrome · Windows"],
    [`${windows} Safari/537.36 Edg/126.0`, "Edge · Windows"],
    ["Mozilla/5.0 (Macintosh; Intel Mac OS X 14.5; rv:127.0) Gecko/20100101 Firefox/127.0", "Firefox · Mac"],
    ["Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36", "Chrome · Linux"],
    ["Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/126.0 Safari/537.36", "Chrome · Linux"],
    ["node", null],
    ["", null],
  ])("%s is «%s»", (userAgent, device) => {
    expect(deviceOf(userAgent)).toBe(device);
  });

  it("is derived from the beginning of a long user agent only", () => {
    expect(deviceOf(`${"x".repeat(500)} iPhone`)).toBeNull();
  });
});
