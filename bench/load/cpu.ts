import type { Compared } from "./lifecycles.ts";
import type { Stage } from "./stage.ts";
import { median } from "./statistics.ts";
import { cpuSeconds } from "./watch.ts";

const CLIENTS = 64;
const MOST = 2.5;
const WARM_MS = 4_000;
/** A claim that was made already, asked again: the same person, the same request. */
const BODY = "{}";

/**
 * CPU of the server for a request, beside a bare node:http POST that replies as many bytes, by turns: everything that the product does for a
 * claim (headers, log line, token, validation, rules, presenter) with its database in memory, since the driver costs more than all of it.
 */
export async function compareCpu(stage: Stage, { rounds, ms }: { rounds: number; ms: number }): Promise<Compared> {
  const product = await stage.run("memory-process.ts", [stage.folder]);
  const claim = product.ready as { port: number; path: string; headers: string; bytes: number };
  const bare = await stage.run("bare-process.ts", [String(claim.bytes)]);
  const { port: barePort } = bare.ready as { port: number };
  const cost = async (pid: number, port: number, length = ms / 2): Promise<number> => {
    const before = await cpuSeconds(pid);
    const { path, headers } = claim;
    const { requests } = await stage.load({
      do: "post",
      port,
      path,
      headers,
      body: BODY,
      clients: CLIENTS,
      ms: length,
    });
    return ((await cpuSeconds(pid)) - before) / requests;
  };
  const ratios: number[] = [];
  // Not counted: code is compiled.
  await cost(product.pid, claim.port, WARM_MS);
  await cost(bare.pid, barePort, WARM_MS);
  for (let round = 0; round < rounds; round++) {
    const ours = await cost(product.pid, claim.port);
    const theirs = await cost(bare.pid, barePort);
    ratios.push(ours / theirs);
    console.log(`  一次请求的 CPU：店小二 ${(ours * 1e6).toFixed(1)} µs，裸 node:http ${(theirs * 1e6).toFixed(1)} µs`);
  }
  await product.stop();
  await bare.stop();
  const ratio = median(ratios);
  return {
    name: "一次请求的服务端 CPU，与裸 node:http POST 相比（不计数据库）",
    goal: `≤ ${MOST}`,
    ratio,
    reached: ratio <= MOST,
  };
}
