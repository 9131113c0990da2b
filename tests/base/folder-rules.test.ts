import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { statuses } from "../../server/core/domain/requests/request.ts";

/**
 * For each row of the table of rooms (tools/folder-rules.ts) a forbidden line with the rule that refuses it, and
 * allowed
 * lines. All lines are written into an empty copy of the folders and linted with the repository's settings in one run.
 */
const rows: readonly (readonly [row: string, file: string, line: string, rule: string])[] = [
  ["kernel: no feature", "server/kernel/a.ts", `import { x } from "../core/words.ts"; export const y = x;`, "imports"],
  ["kernel: no type of a feature", "server/kernel/b.ts", `import type { X } from "../core/ports.ts"; export type Y = X;`, "imports"],
  ["kernel: no Koa", "server/kernel/c.ts", `import type { Context } from "koa"; export type X = Context;`, "imports"],
  ["kernel/http: no mongoose", "server/kernel/http/a.ts", `import { Types } from "mongoose"; export const x = Types;`, "imports"],
  ["kernel/http: no contract", "server/kernel/http/b.ts", `import type { X } from "../../../contract/index.ts"; export type Y = X;`, "imports"],
  ["domain: no mongoose", "server/core/domain/a/a.ts", `import { Types } from "mongoose"; export const x = Types;`, "imports"],
  ["domain: no zod", "server/core/domain/a/b.ts", `import { z } from "zod"; export const x = z;`, "imports"],
  ["domain: no node", "server/core/domain/a/c.ts", `import { hostname } from "node:os"; export const x = hostname;`, "imports"],
  ["domain: no use case", "server/core/domain/a/d.ts", `import { x } from "../../usecases/a/a.ts"; export const y = x;`, "imports"],
  ["domain: of the contract only types", "server/core/domain/a/j.ts", `import { events } from "../../../../contract/events.ts"; export const x = events;`, "imports"],
  ["domain: of the contract only the events", "server/core/domain/a/k.ts", `import type { X } from "../../../../contract/api.ts"; export type Y = X;`, "imports"],
  ["domain: no clock", "server/core/domain/a/e.ts", `export const x = (): Date => new Date();`, "pure"],
  ["domain: no clock by another way", "server/core/domain/a/f.ts", `export const x = (): number => Date.now();`, "pure"],
  ["domain: no chance", "server/core/domain/a/g.ts", `export const x = (): number => Math.random();`, "pure"],
  ["domain: no environment", "server/core/domain/a/h.ts", `export const x = process.env.HOME;`, "pure"],
  ["domain: no network", "server/core/domain/a/i.ts", `export const x = (): unknown => fetch("http://a/");`, "pure"],
  ["domain: no module", "server/core/domain/a/l.ts", `import type { X } from "../../../modules/a/domain/a.ts"; export type Y = X;`, "imports"],
  ["core's use case: no module", "server/core/usecases/a/g.ts", `import { x } from "../../../modules/a/usecases/a.ts"; export const y = x;`, "imports"],
  ["jobs: no module", "server/core/jobs/b.ts", `import { x } from "../../modules/a/job.ts"; export const y = x;`, "imports"],
  ["log: no module", "server/log/c.ts", `import type { X } from "../modules/a/domain/a.ts"; export type Y = X;`, "imports"],
  ["module's domain: no store", "server/modules/a/domain/a.ts", `import type { X } from "../store/a.ts"; export type Y = X;`, "imports"],
  ["module's domain: no clock", "server/modules/a/domain/b.ts", `export const x = (): Date => new Date();`, "pure"],
  ["contract: nothing but zod", "contract/a.ts", `import { x } from "../server/kernel/partition.ts"; export const y = x;`, "imports"],
  ["contract: no rules that ask the time", "contract/b.ts", `export const x = (): number => Date.now();`, "pure"],
  ["use case: no ctx", "server/core/usecases/a/a.ts", `import type { Context } from "koa"; export type X = Context;`, "imports"],
  ["use case: no mongoose", "server/core/usecases/a/b.ts", `import { Types } from "mongoose"; export const x = Types;`, "imports"],
  ["use case: adapters are passed in", "server/core/usecases/a/c.ts", `import { x } from "../../../adapters/wechat/wechat.ts"; export const y = x;`, "imports"],
  ["use case: knows no contract", "server/core/usecases/a/d.ts", `import type { X } from "../../../../contract/api.ts"; export type Y = X;`, "imports"],
  ["use case: asks no state", "server/core/usecases/a/e.ts", `export const x = (r: { status: string }): boolean => r.status === "suspended";`, "status"],
  ["use case: not the whole composition", "server/core/usecases/a/f.ts", `import type { Deps } from "../../../compose.ts"; export type X = Deps;`, "imports"],
  ["module's use case: no ctx", "server/modules/a/usecases/a.ts", `import type { Context } from "koa"; export type X = Context;`, "imports"],
  ["store: no decisions", "server/core/store/a/a.ts", `import { x } from "../../usecases/a/a.ts"; export const y = x;`, "imports"],
  ["route: no store", "server/core/routes/a/a.ts", `import { x } from "../../store/store.ts"; export const y = x;`, "imports"],
  ["route: no library", "server/core/routes/a/b.ts", `import { x } from "koa"; export const y = x;`, "imports"],
  ["route: no conditions on state", "server/core/routes/a/c.ts", `export const x = (r: { status: string }): boolean => ["queued"].includes(r.status);`, "status"],
  ["presenter: no conditions on state", "server/core/presenters/a/a.ts", `export const x = (r: { status: string }): boolean => r.status !== "closed";`, "status"],
  ["presenter: no store", "server/core/presenters/a/b.ts", `import { x } from "../../store/store.ts"; export const y = x;`, "imports"],
  ["presenter: no I/O", "server/core/presenters/a/c.ts", `export const x = async (): Promise<number> => 1;`, "synchronous"],
  ["adapter: no use case", "server/adapters/a/a.ts", `import { x } from "../../core/usecases/a/a.ts"; export const y = x;`, "imports"],
  ["http: no mongoose", "server/core/http/a.ts", `import { Types } from "mongoose"; export const x = Types;`, "imports"],
  ["log: no mongoose", "server/log/a.ts", `import { Types } from "mongodb"; export const x = Types;`, "imports"],
  ["log: no consumer of a feature", "server/log/b.ts", `import { x } from "../core/consumers/notices.ts"; export const y = x;`, "imports"],
  ["jobs: no front", "server/core/jobs/a.ts", `import { x } from "../../../src/lib/time.ts"; export const y = x;`, "imports"],
  ["server: deployed without the benches", "server/cli/a.ts", `import { x } from "../../bench/duty/agenda.ts"; export const y = x;`, "imports"],
  ["mini-program: no server code", "src/lib/a.ts", `import { x } from "../../server/kernel/partition.ts"; export const y = x;`, "imports"],
  ["mini-program: no schema", "src/lib/b.ts", `import { x } from "../../contract/api.ts"; export const y = x;`, "imports"],
  ["mini-program: draws from abilities", "src/lib/c.ts", `export const x = (r: { status: string }): boolean => r.status === "queued";`, "status"],
  ["console: no server code", "console/lib/a.ts", `import type { X } from "../../server/kernel/partition.ts"; export type Y = X;`, "imports"],
  ["engine: nothing of the product", "engine/a.ts", `import { x } from "../server/env.ts"; export const y = x;`, "imports"],
  ["server: no pattern with nested repetition", "server/adapters/pattern/a.ts", `export const x = /^(a+)+$/;`, "linear"],
  ["server: no pattern that starts anew at each place", "server/adapters/pattern/b.ts", "export const x = /[.-][\\w-]{8,}\\.\\w+$/;", "linear"],
  ["server: no two repetitions that share a text", "server/adapters/pattern/c.ts", "export const x = /^\\d+\\w+$/;", "linear"],
  ["contract: no pattern with nested repetition", "contract/pattern.ts", "export const x = /^(?:\\w|a)+$/;", "linear"],
  ["engine: no pattern with nested repetition", "engine/pattern.ts", `export const x = /^(a*)*$/;`, "linear"],
  ["server: no composed pattern", "server/adapters/pattern/d.ts", "export const x = (a: string): RegExp => new RegExp(`^(${a})+$`);", "linear"],
  ["no circle of types", "server/core/domain/circle/a.ts", `import type { B } from "./b.ts"; export type A = B | null;`, "circle"],
]; // prettier-ignore

/**
 * The rule has its own list of states, because it is loaded without the server. A state that is missing there would not
 * be
 * refused.
 */
const questions = statuses.map((status): (typeof rows)[number] => [
  `use case: does not ask whether a request is ${status}`,
  `server/core/usecases/states/${status}.ts`,
  `export const x = (r: { status: string }): boolean => r.status === "${status}";`,
  "status",
]);

const refused = [...rows, ...questions];

/** The other files of the import circles. */
const companions: readonly (readonly [file: string, line: string])[] = [
  ["server/core/domain/circle/b.ts", `import type { A } from "./a.ts"; export type B = A[];`],
];

const allowed: readonly (readonly [file: string, line: string])[] = [
  ["server/core/domain/a/ok.ts", `export const x = (now: Date): Date => new Date(now.getTime() + 1);`],
  ["server/core/domain/a/ok2.ts", `import type { Actor } from "../../../kernel/actor.ts"; export type X = Actor;`],
  [
    "server/core/domain/a/ok3.ts",
    `import type { EventType } from "../../../../contract/events.ts"; export type X = EventType;`,
  ],
  ["server/core/usecases/a/ok.ts", `import { x } from "../../../kernel/partition.ts"; export const y = x;`],
  ["server/core/usecases/a/ok2.ts", `import type { Store } from "../../store/store.ts"; export type X = Store;`],
  ["server/core/store/a/ok.ts", `import { Types } from "mongoose"; export const x = Types;`],
  ["server/core/routes/a/ok.ts", `import { x } from "../../usecases/a/a.ts"; export const y = x;`],
  ["server/adapters/pattern/ok.ts", "export const x = /^[a-z][a-z0-9-]{1,39}$/;"],
  ["src/lib/ok.ts", `import type { X } from "../../contract/api.ts"; export type Y = X;`],
  ["src/lib/ok2.ts", `export const x = (reply: { status: number }): boolean => reply.status === 401;`],
];

const ruleNames: Record<string, string> = {
  imports: "imports)",
  pure: "(pure)",
  status: "(no-status-question)",
  circle: "(no-cycle)",
  synchronous: "(synchronous)",
  linear: "(linear)",
};

const root = join(import.meta.dirname, "../..");
let copy: string;
/** The codes of the broken rules, by file. */
let broken: Map<string, string[]>;

beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), "folder-rules-"));
  for (const path of [".oxlintrc.json", "tools/folder-rules.ts", "tools/pattern-rules.ts"])
    await cp(join(root, path), join(copy, path));
  await symlink(join(root, "node_modules"), join(copy, "node_modules"));
  for (const [file, line] of [...refused.map(([, ...rest]) => rest), ...companions, ...allowed]) {
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

describe("the table of rooms", () => {
  it.each(refused)("%s", (_row, file, _line, rule) => {
    expect((broken.get(file) ?? []).some((code) => code.endsWith(ruleNames[rule]!))).toBe(true);
  });

  it.each(allowed)("allows %s: %s", (file) => {
    expect(
      (broken.get(file) ?? []).filter((code) => Object.values(ruleNames).some((rule) => code.endsWith(rule))),
    ).toEqual([]);
  });
});
