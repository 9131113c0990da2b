import { randomBytes } from "node:crypto";
import { readFile, readdir } from "node:fs/promises";
import { createPasswords } from "../server/adapters/identity/passwords.ts";
import { createTokens } from "../server/adapters/identity/tokens.ts";
import { flatPng } from "../tests/support/png.ts";
import { requireNode24 } from "../tools/run.ts";
import { type ServerProcess, type Stage, openStage } from "./load/stage.ts";
import { quantile } from "./load/statistics.ts";

/**
 * `npm run bench:pictures`: logins and `/healthz` at fixed moments, first alone, then while forty pictures come at
 * once. Half a gigabyte each when decoded, which their header says, and then a quarter, the most that is taken. Exits
 * with 1 when the server's memory grows by a decoded picture, or when a login's p99 is more than `MAX_RATIO` times as
 * long. `PICTURES=40 PICTURES_ROUNDS=3`.
 */
requireNode24();
const count = Number(process.env["PICTURES"] ?? 40);
const rounds = Number(process.env["PICTURES_ROUNDS"] ?? 3);
const MAX_RATIO = 5;
const LOGIN_EVERY_MS = 500;
const HEALTH_EVERY_MS = 20;
/** How long is measured without pictures, and at least with them, ms. */
const ALONE_MS = 10_000;
/** Guesses at one account, and from one address, are taken one after the other, so that each login has its own. */
const ACCOUNTS = 250;
process.env["BEHIND_PROXY"] = "true";
const password = "long enough to hold";

const kinds = {
  "6400 万像素 16 位": await flatPng({ width: 8_000, height: 8_000 }),
  "3200 万像素 16 位": await flatPng({ width: 8_000, height: 4_000 }),
};
const DECODED_MB = 256;

/** Calls that were not answered with success. Their time counts like that of others. */
let failures = 0;

/** Calls at fixed moments, whether or not the last one was answered, until `stop`. Times are ms from those moments. */
function callEvery(ms: number, call: () => Promise<Response>): { stop(): Promise<number[]> } {
  const waits: Promise<number>[] = [];
  async function one(): Promise<number> {
    const from = performance.now();
    const ok = await call()
      .then(async (response) => (await response.arrayBuffer()) && response.ok)
      .catch(() => false);
    if (!ok) failures++;
    return performance.now() - from;
  }
  const timer = setInterval(() => waits.push(one()), ms);
  return {
    stop() {
      clearInterval(timer);
      return Promise.all(waits);
    },
  };
}

/** Peak memory, MB, of a process and, apart, of its children that decode. */
async function peaks(pid: number): Promise<{ server: number; decoders: number }> {
  const peakOf = (status: string): number => Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
  const read = (path: string): Promise<string> => readFile(path, "utf8").catch(() => "");
  let decoders = 0;
  for (const child of await readdir("/proc")) {
    const status = await read(`/proc/${child}/status`);
    if (!status.includes(`\nPPid:\t${pid}\n`)) continue;
    if ((await read(`/proc/${child}/cmdline`)).includes("decoder.ts")) decoders += peakOf(status);
  }
  return { server: peakOf(await read(`/proc/${pid}/status`)), decoders };
}

interface Measured {
  logins: number[];
  healths: number[];
}

async function measure({ port, opsPort }: ServerProcess, during: () => Promise<unknown>): Promise<Measured> {
  let n = 0;
  const logins = callEvery(LOGIN_EVERY_MS, () => {
    const at = n++ % ACCOUNTS;
    const headers = { "content-type": "application/json", "x-forwarded-for": `10.0.${at}.1` };
    const body = JSON.stringify({ account: `bench-${at}`, password });
    return fetch(`http://127.0.0.1:${port}/api/auth/password`, { method: "POST", headers, body });
  });
  const healths = callEvery(HEALTH_EVERY_MS, () => fetch(`http://127.0.0.1:${opsPort}/healthz`));
  await Promise.all([during(), new Promise((resolve) => setTimeout(resolve, ALONE_MS))]);
  return { logins: await logins.stop(), healths: await healths.stop() };
}

/** Sends all pictures at once. Returns how many got which status; 0: the connection broke. */
async function flood({ port }: ServerProcess, token: string, bytes: Buffer): Promise<Record<string, number>> {
  const statuses: Record<string, number> = {};
  const headers = { authorization: `Bearer ${token}` };
  await Promise.all(
    Array.from({ length: count }, async () => {
      const body = new FormData();
      body.append("file", new Blob([new Uint8Array(bytes)]), "photo.png");
      const send = fetch(`http://127.0.0.1:${port}/api/uploads`, { method: "POST", body, headers });
      const status = await send.then(
        (response) => response.status,
        () => 0,
      );
      statuses[status] = (statuses[status] ?? 0) + 1;
    }),
  );
  return statuses;
}

/** Creates people with accounts, and returns how to make a token of one. */
async function createPerson({ store, keys }: Stage): Promise<() => string> {
  const secret = await createPasswords().hash(password);
  let id = "";
  for (let n = 0; n < ACCOUNTS; n++) {
    const phone = keys.seal(`138${String(n).padStart(8, "0")}`, "phone");
    ({ id } = await store.users.create({ name: "压测", phone }));
    await store.identities.link({ kind: "account", subject: `bench-${n}`, userId: id, secret });
  }
  return () => createTokens(keys).issueAccess(id, randomBytes(12).toString("hex"), new Date());
}

const show = (waits: readonly number[]): Record<string, string> => ({
  次数: String(waits.length),
  "p50 ms": quantile(waits, 0.5).toFixed(0),
  "p99 ms": quantile(waits, 0.99).toFixed(0),
  "最长 ms": Math.max(...waits).toFixed(0),
});

const stage = await openStage();
try {
  const tokenOf = await createPerson(stage);
  for (const [kind, bytes] of Object.entries(kinds)) {
    const server = await stage.serve();
    // The first logins load what they need.
    await measure(server, async () => undefined);
    const alone: Measured = { logins: [], healths: [] };
    const beside: Measured = { logins: [], healths: [] };
    const before = await peaks(server.pid);
    let most = before;
    for (let round = 1; round <= rounds; round++) {
      const still = await measure(server, async () => undefined);
      alone.logins.push(...still.logins);
      alone.healths.push(...still.healths);
      const from = performance.now();
      let seconds = 0;
      let statuses: Record<string, number> = {};
      const busy = await measure(server, async () => {
        statuses = await flood(server, tokenOf(), bytes);
        seconds = (performance.now() - from) / 1000;
        most = await peaks(server.pid);
      });
      beside.logins.push(...busy.logins);
      beside.healths.push(...busy.healths);
      console.log(`${kind}，第 ${round} 轮：${count} 张 ${seconds.toFixed(1)} 秒，答复 ${JSON.stringify(statuses)}`);
    }
    console.table({
      "登录，没有照片": show(alone.logins),
      "登录，照片来时": show(beside.logins),
      "/healthz，没有照片": show(alone.healths),
      "/healthz，照片来时": show(beside.healths),
    });
    const grown = most.server - before.server;
    const ratio = quantile(beside.logins, 0.99) / quantile(alone.logins, 0.99);
    console.log(
      `登录的 p99 是没有照片时的 ${ratio.toFixed(1)} 倍（不超过 ${MAX_RATIO}）；服务进程的峰值内存多了 ${grown.toFixed(0)} MB` +
        `（少于 ${DECODED_MB}），解码进程合计峰值 ${most.decoders.toFixed(0)} MB；没有办成的调用 ${failures} 次`,
    );
    if (!(ratio <= MAX_RATIO && grown < DECODED_MB)) process.exitCode = 1;
    await server.stop();
  }
} finally {
  await stage.close();
}
