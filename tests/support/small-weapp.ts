import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { type Host, type HostOptions, openHost } from "../weapp-host/host.ts";
import { type Element, select, textOf } from "../weapp-host/tree.ts";

/** A mini-program of one page in a host within this process. */
export interface SmallWeapp extends Host {
  /** Runs a line as a script of the app. */
  run(line: string): unknown;
  /** Waits until pending updates have reached the view. */
  settled(): Promise<void>;
  element(selector: string): Element;
  text(): string;
  /** Errors of its console, and uncaught errors. */
  errors: string[];
}

const files: Record<string, string> = {
  "app.json": '{ "pages": ["pages/a/index"] }',
  "app.js": "App({})",
  "pages/a/index.js": "Page({ data: { said: 'a' }, tap(event) { getApp().tapped(this, event) } })",
  "pages/a/index.json": "{}",
  "pages/a/index.wxml": '<view id="v" bindtap="tap" data-word="hello">{{said}}</view>',
};

/** Writes the mini-program to disk, with `over` replacing some files, and opens it. */
export async function openSmallWeapp(
  over: Record<string, string> = {},
  options: Partial<HostOptions> = {},
): Promise<SmallWeapp> {
  const dir = mkdtempSync(join(tmpdir(), "small-weapp-"));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  for (const [file, content] of Object.entries({ ...files, ...over })) {
    mkdirSync(dirname(join(dir, file)), { recursive: true });
    writeFileSync(join(dir, file), content);
  }
  const host = openHost({ dir, listed: [], moved: {}, code: async () => "code", ...options });
  const errors: string[] = [];
  host.log.onLine(({ type, args }) => void (type === "error" && errors.push(args.join(" "))));
  host.log.onFault(({ message }) => errors.push(message));
  const root = (): Element => host.show(host.stack.pages.at(-1)!);
  const weapp: SmallWeapp = {
    ...host,
    errors,
    run: (line) => host.realm.run(line, "test"),
    async settled() {
      for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve));
    },
    element: (selector) => select(selector, root())[0]!,
    text: () => textOf(root()),
  };
  await weapp.settled();
  return weapp;
}
