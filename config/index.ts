import { join } from "node:path";
import { defineConfig, type UserConfigExport } from "@tarojs/cli";

/** The code that both front ends share is compiled like the app's own. */
const compile = { include: [join(process.cwd(), "fronts")] };

type Config = UserConfigExport<"webpack5">;

/** The API's origin. H5 is served by the API's server, so it is the page's own origin there. */
function apiBase(platform: string | undefined): string {
  if (platform === "h5") return "";
  return process.env.TARO_APP_API_BASE ?? "http://127.0.0.1:3000";
}

/**
 * px are not converted. Phones are 360 to 430 px wide, and the layouts flow, so that no scaling by screen width is
 * needed; on an iPad scaling would only enlarge everything. Taro would also convert CSS custom properties and inline
 * styles
 * only in part.
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
  // Taro's cache is wrong for subpackages: after modules had moved, pages required modules that were not there.
  cache: { enable: process.env.TARO_ENV !== "weapp" },
  logger: { quiet: true, stats: false },
  plugins: [join(process.cwd(), "config/view-template.ts")],
  // Chinese is not escaped. Taro escapes it by default, which doubles the size of each character in the package.
  terser: { enable: true, config: { output: { ascii_only: false } } },
  defineConstants: {
    "process.env.TARO_APP_API_BASE": JSON.stringify(apiBase(process.env.TARO_ENV)),
  },
  copy: {
    // Files that WeChat itself reads: the sitemap for its search, and the picture of shared cards.
    patterns:
      process.env.TARO_ENV === "weapp"
        ? ["sitemap.json", "share-card.png"].map((file) => ({ from: `src/${file}`, to: `dist/weapp/${file}` }))
        : [],
    options: {},
  },
  mini: {
    // Code that only a subpackage uses is built into that subpackage.
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
      // Without this every page contains its own copy of the components and of Taro's runtime.
      chain.optimization.splitChunks({
        chunks: "all",
        cacheGroups: {
          shared: { name: "shared", chunks: "async", minChunks: 3, minSize: 0, priority: 10 },
        },
      });
    },
    // The server serves the files from disk in development, too.
    devServer: { host: "127.0.0.1", port: 10086, open: false, devMiddleware: { writeToDisk: true } },
  },
};

export default defineConfig<"webpack5">(config);
