import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";

const imported = (name: string, from: string): string =>
  `import { ${name} } from ${JSON.stringify(resolve("server/operations", from))};`;

/** The standard output of a process that logs these faults and exits. */
async function outputOf(program: string): Promise<Record<string, unknown>[]> {
  const code = [
    imported("createLog", "log.ts"),
    imported("withRequestId", "../kernel/http/request-context.ts"),
    `const log = createLog("info"); ${program}`,
  ];
  const written = await new Promise<string>((done) => {
    const args = ["--input-type=module", "-e", code.join("\n")];
    execFile(process.execPath, args, { maxBuffer: 2 ** 24 }, (_failed, stdout) => done(stdout));
  });
  return written
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

const many = `for (let n = 0; n < 5000; n++) log.info({ n }, "行");`;

describe("the server's log", () => {
  it.each([
    ["comes to its end", ""],
    ["is ended", "process.exit(1);"],
    ["fails", `throw new Error("unforeseen");`],
  ])("has every line of a process that %s, in order", async (_how, end) => {
    const lines = await outputOf(many + end);
    expect(lines.map(({ n }) => n)).toEqual(Array.from({ length: 5_000 }, (_, n) => n));
  });

  it("has the id of the current request, or that of the line itself", async () => {
    const lines = await outputOf(`
      await withRequestId("r1", async () => { log.info({ a: 1 }, "within"); log.info({ requestId: "r2" }, "itself"); });
      log.info("outside");`);
    expect(lines.map(({ requestId, a, msg }) => [requestId, a, msg])).toEqual([
      ["r1", 1, "within"],
      ["r2", undefined, "itself"],
      [undefined, undefined, "outside"],
    ]);
  });
});
