import type { ThemeConfig } from "antd";

/** The tokens of the product's look; `styles/base.css` names the same values. Every text colour is at least 4.5:1 on white. */
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

const fontFamily =
  '"PingFang SC", "Noto Sans SC", "Noto Sans CJK SC", "Microsoft YaHei", system-ui, -apple-system, sans-serif';

/**
 * Brand red is for the one primary action, so antd's primary colour (selection, focus, links) is ink, and only the
 * primary button is red.
 */
export const theme: ThemeConfig = {
  token: {
    // Not by CSS: a transition of whatever length makes antd measure its popups where they were, far outside the window.
    motion: !window.matchMedia("(prefers-reduced-motion: reduce)").matches,
    colorPrimary: tokens.ink,
    colorInfo: tokens.ink,
    colorLink: tokens.ink,
    colorLinkHover: tokens.ink2,
    colorLinkActive: tokens.ink,
    colorSuccess: tokens.good,
    colorWarning: tokens.wait,
    colorError: tokens.bad,
    colorSuccessBg: tokens.goodGround,
    colorWarningBg: tokens.waitGround,
    colorErrorBg: tokens.badGround,
    colorSuccessBorder: "#BFE0CE",
    colorWarningBorder: "#F0DAB4",
    colorErrorBorder: "#F0C5C1",
    colorText: tokens.ink,
    colorTextSecondary: tokens.ink2,
    colorTextTertiary: tokens.ink2,
    colorTextDescription: tokens.ink2,
    colorTextPlaceholder: "#6F7682",
    colorBgLayout: tokens.ground,
    colorBorder: "#D5D2CC",
    colorBorderSecondary: tokens.line,
    controlItemBgActive: tokens.ground,
    controlItemBgActiveHover: tokens.line,
    controlOutline: "rgba(31, 35, 41, 0.14)",
    borderRadius: 8,
    borderRadiusLG: 12,
    fontFamily,
    fontSize: 14,
    controlHeight: 36,
    colorBgMask: "rgba(31, 35, 41, 0.28)",
    motionDurationMid: "0.16s",
    motionDurationSlow: "0.2s",
    boxShadow: "0 4px 20px rgba(31, 35, 41, 0.10)",
    boxShadowSecondary: "0 4px 20px rgba(31, 35, 41, 0.10)",
  },
  components: {
    Button: {
      colorPrimary: tokens.brand,
      colorPrimaryHover: "#A3321F",
      colorPrimaryActive: "#8C2A19",
      primaryShadow: "none",
      defaultShadow: "none",
      dangerShadow: "none",
      fontWeight: 500,
      defaultHoverColor: tokens.ink,
      defaultHoverBorderColor: tokens.ink2,
      defaultHoverBg: "#FBFAF8",
      defaultActiveColor: tokens.ink,
      defaultActiveBorderColor: tokens.ink,
      defaultActiveBg: tokens.ground,
    },
    Layout: { siderBg: tokens.paper, bodyBg: tokens.ground, headerBg: tokens.paper },
    Menu: {
      itemSelectedBg: tokens.ground,
      itemSelectedColor: tokens.ink,
      itemHoverBg: tokens.ground,
      itemColor: tokens.ink2,
      itemBorderRadius: 8,
      itemHeight: 40,
    },
    Table: {
      headerBg: "#FBFAF8",
      headerColor: tokens.ink2,
      headerSplitColor: "transparent",
      rowHoverBg: "#FBFAF8",
      borderColor: tokens.line,
      cellPaddingBlockSM: 8,
      cellPaddingInlineSM: 12,
    },
    Card: { headerFontSize: 15 },
    Segmented: { trackBg: "#EEEBE6" },
    Tag: { defaultBg: tokens.ground, defaultColor: tokens.ink2 },
    Tabs: { itemSelectedColor: tokens.ink, inkBarColor: tokens.ink, itemHoverColor: tokens.ink },
    Timeline: { dotBg: tokens.paper },
  },
};
