/** The test projects: what needs no database starts none, the rest share one engine for the whole run. */
import { defineConfig } from "vitest/config";
import { LongestFirst } from "./tests/support/longest-first.ts";

/** Starts the run's engine; only for projects that ask for it, so that `--project unit` takes a second. */
const engine = "tests/support/engine.ts";

const files = (...folders: string[]): string[] => folders.map((folder) => `tests/${folder}/**/*.test.{ts,tsx}`);

/** Constants that Taro's bundler would put in place. */
const taroConstants = {
  "process.env.TARO_ENV": JSON.stringify("h5"),
  "process.env.TARO_PLATFORM": JSON.stringify("web"),
  "process.env.TARO_APP_API_BASE": JSON.stringify(""),
  DEPRECATED_ADAPTER_COMPONENT: "false",
  ENABLE_INNER_HTML: "true",
  ENABLE_ADJACENT_HTML: "true",
  ENABLE_SIZE_APIS: "true",
  ENABLE_TEMPLATE_CONTENT: "true",
  ENABLE_CLONE_NODE: "true",
  ENABLE_CONTAINS: "true",
  ENABLE_MUTATION_OBSERVER: "true",
};

export default defineConfig({
  test: {
    // Two workers: the engine, the servers and Chromium want their share of a small machine.
    pool: "forks",
    maxWorkers: 2,
    retry: 0,
    sequence: { sequencer: LongestFirst },
    testTimeout: 20_000,
    // What a test waits for comes when it comes: only one that never comes fails it.
    expect: { poll: { timeout: 15_000 } },
    // A failed comparison says the whole of both values in its first line, which is what the summary repeats.
    chaiConfig: { truncateThreshold: 2_000 },
    projects: [
      {
        test: {
          name: "unit",
          // Modules are loaded once per worker: loading them for each file took up to half of the time.
          isolate: false,
          // Tests of a module that need a database or a browser are in folders of its own.
          include: [
            ...files("domain", "kernel", "base", "console", "fronts", "weapp-host", "bench"),
            "tests/modules/*/*.test.ts",
          ],
        },
      },
      {
        define: taroConstants,
        resolve: { alias: [{ find: /^@tarojs\/components$/, replacement: "@tarojs/components/lib/react" }] },
        test: { name: "src", include: files("src"), css: false, server: { deps: { inline: [/@tarojs/] } } },
      },
      {
        test: {
          name: "engine",
          include: files("engine"),
          globalSetup: engine,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "server",
          isolate: false,
          include: files("server", "modules/*/server"),
          globalSetup: engine,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "e2e",
          include: files("e2e", "modules/*/e2e"),
          globalSetup: [engine, "tests/support/demo-template.ts"],
          testTimeout: 90_000,
          hookTimeout: 120_000,
          // After the others: a browser beside a busy database is slow, and slow is what makes such tests waver.
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
