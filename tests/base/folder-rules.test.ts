import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

/**
 * Each row of the layer table (README): a line that the folder must not have, and the rule that refuses it; and lines that it may
 * have. All are written into a copy of the house without its furniture, and linted with our own settings in one run.
 */
const refused: readonly (readonly [row: string, file: string, line: string, rule: string])[] = [
  ["domain: no mongoose", "server/domain/a.ts", `import { Types } from "mongoose"; export const x = Types;`, "imports"],
  ["domain: no zod", "server/domain/b.ts", `import { z } from "zod"; export const x = z;`, "imports"],
  ["domain: no node", "server/domain/c.ts", `import { hostname } from "node:os"; export const x = hostname;`, "imports"],
  ["domain: no use case", "server/domain/d.ts", `import { x } from "../usecases/ids.ts"; export const y = x;`, "imports"],
  ["domain: of the contract only types", "server/domain/j.ts", `import { events } from "../../contract/events.ts"; export const x = events;`, "imports"],
  ["domain: of the contract only the events", "server/domain/k.ts", `import type { X } from "../../contract/api.ts"; export type Y = X;`, "imports"],
  ["domain: no clock", "server/domain/e.ts", `export const x = (): Date => new Date();`, "pure"],
  ["domain: no clock by another way", "server/domain/f.ts", `export const x = (): number => Date.now();`, "pure"],
  ["domain: no chance", "server/domain/g.ts", `export const x = (): number => Math.random();`, "pure"],
  ["domain: no environment", "server/domain/h.ts", `export const x = process.env.HOME;`, "pure"],
  ["domain: no network", "server/domain/i.ts", `export const x = (): unknown => fetch("http://a/");`, "pure"],
  ["contract: nothing but zod", "contract/a.ts", `import { x } from "../server/domain/lane.ts"; export const y = x;`, "imports"],
  ["contract: no rules that ask the time", "contract/b.ts", `export const x = (): number => Date.now();`, "pure"],
  ["use case: no ctx", "server/usecases/a/a.ts", `import type { Context } from "koa"; export type X = Context;`, "imports"],
  ["use case: no mongoose", "server/usecases/a/b.ts", `import { Types } from "mongoose"; export const x = Types;`, "imports"],
  ["use case: adapters are passed in", "server/usecases/a/c.ts", `import { x } from "../../wechat/wechat.ts"; export const y = x;`, "imports"],
  ["use case: knows no contract", "server/usecases/a/d.ts", `import type { X } from "../../../contract/api.ts"; export type Y = X;`, "imports"],
  ["use case: asks no state", "server/usecases/a/e.ts", `export const x = (r: { status: string }): boolean => r.status === "queued";`, "status"],
  ["store: no decisions", "server/store/a.ts", `import { x } from "../usecases/ids.ts"; export const y = x;`, "imports"],
  ["route: no store", "server/http/routes/a.ts", `import { x } from "../../store/store.ts"; export const y = x;`, "imports"],
  ["route: no library", "server/http/routes/b.ts", `import { x } from "koa"; export const y = x;`, "imports"],
  ["route: no conditions on state", "server/http/routes/c.ts", `export const x = (r: { status: string }): boolean => ["queued"].includes(r.status);`, "status"],
  ["presenter: no conditions on state", "server/http/presenters/a.ts", `export const x = (r: { status: string }): boolean => r.status !== "closed";`, "status"],
  ["http: no mongoose", "server/http/a.ts", `import { Types } from "mongoose"; export const x = Types;`, "imports"],
  ["events: no mongoose", "server/events/a.ts", `import { Types } from "mongodb"; export const x = Types;`, "imports"],
  ["jobs: no front", "server/jobs/a.ts", `import { x } from "../../src/lib/time.ts"; export const y = x;`, "imports"],
  ["server: deployed without the benches", "server/cli/a.ts", `import { x } from "../../bench/duty/agenda.ts"; export const y = x;`, "imports"],
  ["mini-program: no server code", "src/lib/a.ts", `import { x } from "../../server/domain/lane.ts"; export const y = x;`, "imports"],
  ["mini-program: no schema", "src/lib/b.ts", `import { x } from "../../contract/api.ts"; export const y = x;`, "imports"],
  ["mini-program: draws from abilities", "src/lib/c.ts", `export const x = (r: { status: string }): boolean => r.status === "queued";`, "status"],
  ["console: no server code", "console/lib/a.ts", `import type { X } from "../../server/domain/lane.ts"; export type Y = X;`, "imports"],
  ["engine: nothing of the product", "engine/a.ts", `import { x } from "../server/env.ts"; export const y = x;`, "imports"],
]; // prettier-ignore

const allowed: readonly (readonly [file: string, line: string])[] = [
  ["server/domain/ok.ts", `export const x = (now: Date): Date => new Date(now.getTime() + 1);`],
  ["server/domain/ok2.ts", `import type { EventType } from "../../contract/events.ts"; export type X = EventType;`],
  ["server/usecases/a/ok.ts", `import { x } from "../../domain/lane.ts"; export const y = x;`],
  ["server/usecases/a/ok2.ts", `import type { Store } from "../../store/store.ts"; export type X = Store;`],
  ["server/store/ok.ts", `import { Types } from "mongoose"; export const x = Types;`],
  ["server/http/routes/ok.ts", `import { x } from "../../usecases/ids.ts"; export const y = x;`],
  ["src/lib/ok.ts", `import type { X } from "../../contract/api.ts"; export type Y = X;`],
  ["src/lib/ok2.ts", `export const x = (reply: { status: number }): boolean => reply.status === 401;`],
];

const ruleNames: Record<string, string> = {
  imports: "imports)",
  pure: "(pure)",
  status: "(no-status-question)",
};

const root = join(import.meta.dirname, "../..");
let copy: string;
/** Codes of the rules broken, by file. */
let broken: Map<string, string[]>;

beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), "folder-rules-"));
  for (const path of [".oxlintrc.json", "tools/folder-rules.ts"]) await cp(join(root, path), join(copy, path));
  await symlink(join(root, "node_modules"), join(copy, "node_modules"));
  for (const [file, line] of [...refused.map(([, ...rest]) => rest), ...allowed]) {
    await mkdir(dirname(join(copy, file)), { recursive: true });
    await writeFile(join(copy, file), `${line}\n`);
  }
  const printed = await new Promise<string>((resolve) => {
    const folders = ["server", "contract", "src", "console", "engine"];
    const args = ["--format", "json", ...folders];
    execFile(join(root, "node_modules/.bin/oxlint"), args, { cwd: copy }, (_error, stdout) => resolve(stdout));
  });
  const { diagnostics } = JSON.parse(printed) as { diagnostics: { code: string; filename: string }[] };
  broken = new Map(refused.map(([, file]) => [file, []]));
  for (const { code, filename } of diagnostics) broken.set(filename, [...(broken.get(filename) ?? []), code]);
}, 60_000);

afterAll(() => rm(copy, { recursive: true, force: true }));

describe("the layer table", () => {
  it.each(refused)("%s", (_row, file, _line, rule) => {
    expect((broken.get(file) ?? []).some((code) => code.endsWith(ruleNames[rule]!))).toBe(true);
  });

  it.each(allowed)("lets %s be: %s", (file) => {
    expect(
      (broken.get(file) ?? []).filter((code) => Object.values(ruleNames).some((rule) => code.endsWith(rule))),
    ).toEqual([]);
  });
});
