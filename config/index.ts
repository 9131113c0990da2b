import { join } from "node:path";
import { defineConfig, type UserConfigExport } from "@tarojs/cli";

/** What both fronts share is compiled like our own pages. */
const compile = { include: [join(process.cwd(), "fronts")] };

type Config = UserConfigExport<"webpack5">;

/** Where the mini-program finds the API. H5 is served by the same server, so there it is the page's own origin. */
function apiBase(platform: string | undefined): string {
  if (platform === "h5") return "";
  return process.env.TARO_APP_API_BASE ?? "http://127.0.0.1:3000";
}

/**
 * px stay px on both platforms: phones are 360 to 430 px wide, and layouts that flow need no scaling by screen width,
 * which on an iPad would only make everything huge. It also keeps CSS custom properties and inline styles from being
 * half converted.
 */
const unscaled = { pxtransform: { enable: false }, cssModules: { enable: false } };

const config: Config = {
  projectName: "dianxiaoer",
  designWidth: 375,
  deviceRatio: { 375: 2 },
  sourceRoot: "src",
  outputRoot: `dist/${process.env.TARO_ENV ?? "weapp"}`,
  framework: "react",
  compiler: { type: "webpack5", prebundle: { enable: false } },
  // Taro's cache is not to be trusted with subpackages: after modules have moved, pages asked for parts that were not
  // there.
  cache: { enable: process.env.TARO_ENV !== "weapp" },
  logger: { quiet: true, stats: false },
  plugins: [join(process.cwd(), "config/view-template.ts")],
  // Chinese as it is: escaped, as Taro has it by default, each character takes twice the room in the package.
  terser: { enable: true, config: { output: { ascii_only: false } } },
  defineConstants: {
    "process.env.TARO_APP_API_BASE": JSON.stringify(apiBase(process.env.TARO_ENV)),
  },
  copy: {
    // What WeChat itself reads: its search beside app.json, the picture when the card of a shared page is drawn.
    patterns:
      process.env.TARO_ENV === "weapp"
        ? ["sitemap.json", "share-card.png"].map((file) => ({ from: `src/${file}`, to: `dist/weapp/${file}` }))
        : [],
    options: {},
  },
  mini: {
    // What only a subpackage uses is built into that subpackage.
    optimizeMainPackage: { enable: true },
    postcss: unscaled,
    compile,
  },
  h5: {
    publicPath: "/",
    compile,
    staticDirectory: "static",
    router: { mode: "hash" },
    postcss: { ...unscaled, autoprefixer: { enable: true } },
    output: {
      filename: "js/[name].[contenthash:8].js",
      chunkFilename: "js/[name].[contenthash:8].js",
    },
    miniCssExtractPluginOption: {
      ignoreOrder: true,
      filename: "css/[name].[contenthash:8].css",
      chunkFilename: "css/[name].[contenthash:8].css",
    },
    webpackChain(chain) {
      // Without this every page carries its own copy of the kit and of Taro's components.
      chain.optimization.splitChunks({
        chunks: "all",
        cacheGroups: {
          shared: { name: "shared", chunks: "async", minChunks: 3, minSize: 0, priority: 10 },
        },
      });
    },
    // The server serves the files from disk, also in development.
    devServer: { host: "127.0.0.1", port: 10086, open: false, devMiddleware: { writeToDisk: true } },
  },
};

export default defineConfig<"webpack5">(config);
