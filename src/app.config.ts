import { appModules } from "./modules";

export default defineAppConfig({
  pages: [
    "pages/home/index",
    "pages/requests/index",
    "pages/me/index",
    "pages/file/index",
    "pages/request/index",
    "pages/login/index",
  ],
  subPackages: [
    {
      root: "subpackages/resident",
      name: "resident",
      pages: ["step/index", "rate/index", "register/index", "inbox/index", "near/index", "follow/index"],
    },
    {
      root: "subpackages/cadre",
      name: "cadre",
      pages: [
        "queue/index",
        "handling/index",
        "request/index",
        "step/index",
        "assign/index",
        "card/index",
        "shifts/index",
        "proof/index",
        "hand-over/index",
        "file/index",
        "co-handling/index",
        "transfer/index",
      ],
    },
    {
      root: "subpackages/partner",
      name: "partner",
      pages: ["tasks/index", "task/index", "step/index"],
    },
    {
      root: "subpackages/me",
      name: "me",
      pages: ["privacy/index", "agreement/index", "about/index", "data/index", "devices/index", "closing/index"],
    },
    { root: "subpackages/join", name: "join", pages: ["invitation/index"] },
    ...appModules.map(({ name, pages }) => ({ root: `modules/${name}`, name, pages: [...pages] })),
    // The page that shows every component in every state, for developers. H5 only.
    ...(process.env.TARO_ENV === "h5" ? [{ root: "subpackages/kit", name: "kit", pages: ["components/index"] }] : []),
  ],
  sitemapLocation: "sitemap.json",
  preloadRule: {
    "pages/home/index": { network: "all", packages: ["resident"] },
    "pages/me/index": { network: "all", packages: ["cadre"] },
  },
  window: {
    navigationBarTitleText: "店小二",
    navigationBarBackgroundColor: "#F6F4F1",
    navigationBarTextStyle: "black",
    backgroundColor: "#F6F4F1",
    backgroundTextStyle: "dark",
  },
  networkTimeout: { request: 15_000, uploadFile: 60_000 },
  lazyCodeLoading: "requiredComponents",
  style: "v2",
  // Only H5 supports this key; WeChat warns about it.
  ...(process.env.TARO_ENV === "h5" ? { animation: false } : {}),
});
