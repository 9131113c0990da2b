import type { StoredRequest } from "../../server/core/store/requests/request-schema.ts";
import { fillQueue } from "./fill.ts";
import type { Compared } from "./lifecycles.ts";
import { createPeople } from "./people.ts";
import { productClient } from "./product-client.ts";
import type { Stage } from "./stage.ts";
import { median } from "./statistics.ts";

const QUEUED = 5_000;
const CLAIMERS = 64;
const MIN_RATIO = 10;
const RAW = "raw_queue";

/**
 * Compares claims per second of the next request (接下一件) over HTTP, with one and with two server processes,
 * with a sorted findOneAndUpdate of the driver on the same queue and index. Also checks that no request is claimed
 * twice.
 */
export async function compareNext(stage: Stage, { rounds, ms }: { rounds: number; ms: number }): Promise<Compared[]> {
  const people = await createPeople(stage, 1, CLAIMERS);
  const servers = [await stage.serve(), await stage.serve()];
  const [resident, cadre] = [people.residents[0]!, people.cadres[0]!];
  const client = await productClient(servers[0]!.port, 0, resident, cadre);
  await client.take("create", "");
  await client.close();
  const requests = stage.connection.collection<StoredRequest>("requests");
  const model = (await requests.findOne({}))!;
  const queue = (await requests.indexes()).find(({ name }) => name === "queue")!;
  const partialFilterExpression = queue["partialFilterExpression"] as object;
  await stage.connection.collection(RAW).createIndexes([{ name: "queue", key: queue.key, partialFilterExpression }]);

  const claim = async (ports: readonly number[]): Promise<number> => {
    await fillQueue(stage, "requests", model, QUEUED);
    people.renew();
    const done = await stage.load({ do: "next", ports, cadres: people.cadres, claimers: CLAIMERS, ms });
    const held = await requests.countDocuments({ status: "claimed" });
    if (done.double || held < done.claims)
      throw new Error(`${done.double} requests were given to two, ${held} are held`);
    console.log(`  接下一件，${ports.length} 个服务进程：${line(done)}，没有一件给了两个人`);
    return done.claims / done.seconds;
  };
  const raw = async (): Promise<number> => {
    await fillQueue(stage, RAW, model, QUEUED);
    const { uri, database } = stage;
    const done = await stage.load({ do: "next-raw", uri, database, collection: RAW, claimers: CLAIMERS, ms });
    console.log(`  findOneAndUpdate 带排序：${line(done)}`);
    return done.claims / done.seconds;
  };
  const ports = servers.map(({ port }) => port);
  await claim(ports);
  const ratios = { one: [] as number[], two: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    const theirs = await raw();
    ratios.one.push((await claim(ports.slice(0, 1))) / theirs);
    ratios.two.push((await claim(ports)) / theirs);
  }
  return (["one", "two"] as const).map((key, n) => {
    const ratio = median(ratios[key]);
    const name = `接下一件，${QUEUED} 件排队、${CLAIMERS} 人同抢，${n + 1} 个进程，与 findOneAndUpdate 带排序相比`;
    return { name, goal: `≥ ${MIN_RATIO}`, ratio, reached: ratio >= MIN_RATIO };
  });
}

const line = ({
  claims,
  seconds,
  waits,
}: {
  claims: number;
  seconds: number;
  waits: { p50: number; p99: number };
}): string => `${(claims / seconds).toFixed(0)} 件/秒（p50 ${waits.p50.toFixed(0)} p99 ${waits.p99.toFixed(0)} ms）`;
