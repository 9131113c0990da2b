import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadKeys } from "../../../server/adapters/keys/keys.ts";
import { connect } from "../../../server/core/store/connection.ts";
import { dataFolder } from "../../support/data-folder.ts";
import { freshDatabase } from "../../support/engine.ts";
import { flatPng } from "../../support/png.ts";
import { giveAccount, password } from "../../support/second-factor.ts";
import { type ServerProcess, startServer } from "../../support/server-process.ts";
import { until } from "../../support/until.ts";
import { openWorld } from "../../support/world.ts";

const dataDir = await dataFolder();
const database = freshDatabase();
const keys = await loadKeys(join(dataDir, "keys.json"));
// The test's own world creates people. Requests go to a server in a process of its own.
const world = await openWorld({ connection: await connect(database.uri, database.name), keys });
world.clock.set(new Date());
let server: ServerProcess;
beforeAll(async () => {
  server = await startServer({ database, dataDir, env: { SECOND_FACTOR: "optional" } });
}, 60_000);
afterAll(() => server.end("SIGKILL"));

const PICTURES = 40;
/** Half a gigabyte: refused by its header. */
const refused = await flatPng({ width: 8_000, height: 8_000 });
/** A quarter of a gigabyte: the most that is decoded. */
const taken = await flatPng({ width: 8_000, height: 4_000 });
const DECODED_KB = 250_000;

/** Uploads a picture; null when the connection broke. */
async function upload(token: string, bytes: Buffer) {
  const form = new FormData();
  form.append("file", new Blob([new Uint8Array(bytes)]), "photo.png");
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch(`${server.base}/api/uploads`, { method: "POST", body: form, headers }).catch(() => null);
  if (!response) return null;
  const { error } = (await response.json()) as { error?: { code: string } };
  return { status: response.status, code: error?.code, retryAfter: response.headers.get("retry-after") };
}
const tokenOf = async (): Promise<string> =>
  world.deps.tokens.issueAccess((await world.resident()).id, "0".repeat(24), new Date());

/** The peak of a process's memory, kB. */
const peakOf = (pid: number): number =>
  Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? Number.NaN);

/** Reads a file of /proc, which is gone when its process is. */
function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
/** The decoders that are children of a process. */
const decodersOf = (parent: number): number[] =>
  readdirSync("/proc")
    .map(Number)
    .filter((pid) => Number.isInteger(pid) && read(`/proc/${pid}/status`).includes(`\nPPid:\t${parent}\n`))
    .filter((pid) => read(`/proc/${pid}/cmdline`).includes("decoder.ts"));
/** Whether a process runs. One that has ended stays as a zombie until its parent asks. */
const runs = (pid: number): boolean => /^State:\s+[^Z\s]/m.test(read(`/proc/${pid}/status`));

describe.runIf(process.platform === "linux")("forty large pictures at once", { timeout: 180_000 }, () => {
  it("are all answered, beside logins and pages, by two decoders", async () => {
    const pid = server.child.pid!;
    const token = await tokenOf();
    await giveAccount(world, await world.staff("committee"), "clerk");
    const before = peakOf(pid);
    const sent = Array.from({ length: PICTURES }, (_, n) => upload(token, n % 2 ? taken : refused));
    let over = false;
    const answers = Promise.all(sent).finally(() => (over = true));
    const others: number[] = [];
    let most = 0;
    while (!over) {
      const login = fetch(`${server.base}/api/auth/password`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ account: "clerk", password }),
      });
      const asked = await Promise.all([login, fetch(`${server.ops}/healthz`), fetch(`${server.base}/api/communities`)]);
      for (const { status, body } of asked) {
        others.push(status);
        await body?.cancel();
      }
      most = Math.max(most, decodersOf(pid).length);
    }
    for (const [n, answer] of (await answers).entries()) {
      const later = { status: 503, code: "file.busy", retryAfter: "5" };
      const expected = n % 2 ? { status: 201 } : { status: 422, code: "file.too_many_pixels" };
      expect(answer).toMatchObject(answer?.status === 503 ? later : expected);
    }
    expect(new Set(others)).toEqual(new Set([200]));
    expect(most).toBe(2);
    expect(peakOf(pid) - before).toBeLessThan(DECODED_KB);
  });

  it("leave no decoder behind when the server is killed", async () => {
    const token = await tokenOf();
    const sent = Array.from({ length: 6 }, () => upload(token, taken));
    let decoders: number[] = [];
    await until(() => (decoders = decodersOf(server.child.pid!)).length === 2);
    await server.end("SIGKILL");
    await until(() => !decoders.some(runs));
    // Whoever was not answered yet has a broken connection.
    expect((await Promise.all(sent)).filter((answer) => answer && answer.status !== 201)).toEqual([]);
  });
});
