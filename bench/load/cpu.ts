import type { Compared } from "./lifecycles.ts";
import type { MemoryCall } from "./memory-process.ts";
import type { Stage } from "./stage.ts";
import { median } from "./statistics.ts";
import { cpuSeconds } from "./watch.ts";

const CLIENTS = 64;
const MAX_RATIO = 2.5;
const WARM_MS = 4_000;

interface Size {
  rounds: number;
  ms: number;
}

/**
 * Compares the server's CPU time per request with a bare node:http POST whose reply has the same size, in turns. The
 * product does all its work (headers, log line, budgets, token, validation, presenter), but with its database in
 * memory,
 * because the driver costs more than all of it. The required ratio is for a call with a short reply. A claim, with its
 * rules, three decrypted fields and a reply of two kilobytes, is printed beside it.
 */
export async function compareCpu(stage: Stage, size: Size): Promise<Compared> {
  const product = await stage.run("memory-process.ts", [stage.folder]);
  const { port, plain, claim } = product.ready as { port: number; plain: MemoryCall; claim: MemoryCall };
  const ratio = await beside(stage, "标记已读", { pid: product.pid, port }, plain, size);
  await beside(stage, "接单", { pid: product.pid, port }, claim, size);
  await product.stop();
  return {
    name: "一次请求的服务端 CPU，与裸 node:http POST 相比（不计数据库）",
    ...{ goal: `≤ ${MAX_RATIO}`, ratio, reached: ratio <= MAX_RATIO },
  };
}

async function beside(
  stage: Stage,
  name: string,
  product: { pid: number; port: number },
  call: MemoryCall,
  { rounds, ms }: Size,
): Promise<number> {
  const { ready, pid, stop } = await stage.run("bare-process.ts", [String(call.bytes)]);
  const bare = { pid, port: (ready as { port: number }).port };
  const cost = async (of: { pid: number; port: number }, length = ms / 2): Promise<number> => {
    const { path, headers, body } = call;
    const before = await cpuSeconds(of.pid);
    const job = { do: "post", port: of.port, path, headers, body, clients: CLIENTS, ms: length } as const;
    const { requests } = await stage.load(job);
    return ((await cpuSeconds(of.pid)) - before) / requests;
  };
  // Warm-up, not counted: code is compiled.
  await cost(product, WARM_MS);
  await cost(bare, WARM_MS / 2);
  const ratios: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const ours = await cost(product);
    const theirs = await cost(bare);
    ratios.push(ours / theirs);
    const micros = (seconds: number): string => `${(seconds * 1e6).toFixed(1)} µs`;
    console.log(
      `  ${name}的 CPU：店小二 ${micros(ours)}，裸 node:http ${micros(theirs)}，${(ours / theirs).toFixed(1)} 倍`,
    );
  }
  await stop();
  return median(ratios);
}
