/** The front ends from which somebody can log in, as the client names itself. */
export const fronts = ["weapp", "h5", "console"] as const;
export type Front = (typeof fronts)[number];

/** A longer user agent gives no more information, and the client could choose any length. */
const MAX_USER_AGENT_LENGTH = 400;

type Known = readonly (readonly [RegExp, string])[];

/** The first match wins, since many browsers name others in their user agent for compatibility. */
const apps: Known = [
  [/wxwork/i, "企业微信"],
  [/MicroMessenger/i, "微信"],
  [/HuaweiBrowser/, "华为浏览器"],
  [/MiuiBrowser/, "小米浏览器"],
  [/M?QQBrowser/, "QQ 浏览器"],
  [/UCBrowser/, "UC 浏览器"],
  [/\bEdg(?:e|A|iOS)?\//, "Edge"],
  [/\b(?:Firefox|FxiOS)\//, "Firefox"],
  [/(?:Chrome|CriOS)\//, "Chrome"],
  [/\bSafari\//, "Safari"],
];

const machines: Known = [
  [/iPhone/, "iPhone"],
  [/iPad/, "iPad"],
  [/OpenHarmony|HarmonyOS/, "鸿蒙设备"],
  [/Android.*Mobile/, "安卓手机"],
  [/Android/, "安卓设备"],
  [/Windows/, "Windows"],
  [/Macintosh|Mac OS X/, "Mac"],
  [/CrOS|Linux/, "Linux"],
];

const named = (known: Known, userAgent: string): string | undefined =>
  known.find(([pattern]) => pattern.test(userAgent))?.[1];

/**
 * A device in words that its owner recognizes: 「微信 · iPhone」「Chrome · Windows」. Null when the user
 * agent names neither app nor system. Versions and models are left out: they do not help to recognize the device, and
 * could identify the person.
 */
export function deviceOf(userAgent: string): string | null {
  const read = userAgent.slice(0, MAX_USER_AGENT_LENGTH);
  const words = [named(apps, read), named(machines, read)].filter((word) => word !== undefined);
  return words.length ? words.join(" · ") : null;
}

/** How many kinds of device are remembered per person. */
const MAX_KNOWN_DEVICES = 10;

/**
 * The known kinds of device with this one added, the latest last; null when it is known already. A device that does not
 * name itself counts as a kind, too.
 */
export function addDevice(known: readonly string[], device: string | null): string[] | null {
  const kind = device ?? "";
  return known.includes(kind) ? null : [...known, kind].slice(-MAX_KNOWN_DEVICES);
}
