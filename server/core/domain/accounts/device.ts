/** From where somebody logs in: which of our fronts, if it says so. */
export const fronts = ["weapp", "h5", "console"] as const;
export type Front = (typeof fronts)[number];

/** More of a user agent says nothing more; whoever sends it chooses its length. */
const MAX_USER_AGENT_LENGTH = 400;

type Known = readonly (readonly [RegExp, string])[];

/** The first that fits: many name others that they are like. */
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
 * A device as its owner would call it: 「微信 · iPhone」「Chrome · Windows」; null when the user agent names neither.
 * Versions and models are left out: they help nobody to recognize it, and would make it a mark of the person.
 */
export function deviceOf(userAgent: string): string | null {
  const read = userAgent.slice(0, MAX_USER_AGENT_LENGTH);
  const words = [named(apps, read), named(machines, read)].filter((word) => word !== undefined);
  return words.length ? words.join(" · ") : null;
}

/** Kinds of device that are remembered of one person. */
const MAX_KNOWN_DEVICES = 10;

/**
 * Those that somebody is known to use, with one more, the latest last; null: it is among them. One that does not say
 * what it is counts as a kind, too.
 */
export function addDevice(known: readonly string[], device: string | null): string[] | null {
  const kind = device ?? "";
  return known.includes(kind) ? null : [...known, kind].slice(-MAX_KNOWN_DEVICES);
}
