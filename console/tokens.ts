/**
 * The design tokens of the product; `styles/base.css` has the same values. Every text colour has a contrast of at least
 * 4.5:1 on white.
 */
export const tokens = {
  ink: "#1F2329",
  ink2: "#5C6370",
  line: "#E6E4E0",
  paper: "#FFFFFF",
  ground: "#F6F4F1",
  brand: "#B83A26",
  good: "#1B7A4B",
  goodGround: "#EAF5EF",
  wait: "#9A5B00",
  waitGround: "#FDF3E3",
  bad: "#B3261E",
  badGround: "#FCEDEB",
} as const;

/** System fonts only: no font is fetched. */
export const fontFamily =
  '"PingFang SC", "Noto Sans SC", "Noto Sans CJK SC", "Microsoft YaHei", system-ui, -apple-system, sans-serif';
