import { MongoClient } from "mongodb";
import { type HttpConnection, openHttp } from "./http-connection.ts";
import type { Client, Person } from "./lifecycle.ts";
import { parseClient } from "./parse-client.ts";
import { claimNext, productClient } from "./product-client.ts";
import { rawClient } from "./raw-client.ts";
import { closedLoop, openLoop } from "./run-clients.ts";
import { waits } from "./statistics.ts";

/** A system under load. */
export type Target =
  | { kind: "product"; ports: readonly number[]; residents: readonly Person[]; cadres: readonly Person[] }
  | { kind: "parse"; port: number; residents: readonly string[]; cadres: readonly string[] }
  | { kind: "raw"; uri: string; database: string };

/** A job of the load generator. */
export type Job =
  | { do: "closed"; target: Target; clients: number; ms: number }
  | { do: "open"; target: Target; clients: number; ms: number; rate: number; seed: number }
  | { do: "next"; ports: readonly number[]; cadres: readonly Person[]; claimers: number; ms: number }
  | { do: "next-raw"; uri: string; database: string; collection: string; claimers: number; ms: number }
  | { do: "post"; port: number; path: string; headers: string; body: string; clients: number; ms: number };

const pick = <T>(list: readonly T[], n: number): T => list[n % list.length] as T;

/** Opens `count` clients of a target, with a function that closes them. */
async function open(target: Target, count: number): Promise<{ clients: Client[]; close: () => Promise<void> }> {
  const numbers = Array.from({ length: count }, (_, n) => n);
  if (target.kind === "raw") {
    const mongo = await MongoClient.connect(target.uri, { maxPoolSize: 32 });
    const clients = numbers.map((n) => rawClient(mongo.db(target.database).collection("raw"), n));
    return { clients, close: () => mongo.close() };
  }
  const opened = await Promise.all(
    numbers.map(async (n) => {
      if (target.kind === "parse")
        return parseClient(target.port, n, pick(target.residents, n), pick(target.cadres, n));
      const cadre = pick(target.cadres, n);
      const neighbours = target.residents.filter(({ communityId }) => communityId === cadre.communityId);
      return productClient(pick(target.ports, n), n, pick(neighbours, n), cadre);
    }),
  );
  return { clients: opened, close: async () => void (await Promise.all(opened.map((client) => client.close()))) };
}

/** Counts the claims of `count` claimers in `ms`, or until the queue is empty, and the ids that were claimed twice. */
async function claimers(count: number, ms: number, claim: (n: number) => Promise<string | null>) {
  const taken: number[] = [];
  const ids: string[] = [];
  const started = performance.now();
  let ended = started + ms;
  await Promise.all(
    Array.from({ length: count }, async (_, n) => {
      while (performance.now() < ended) {
        const asked = performance.now();
        const id = await claim(n);
        const now = performance.now();
        if (id === null) {
          ended = Math.min(ended, now);
          return;
        }
        taken.push(now - asked);
        ids.push(id);
      }
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  return { seconds, claims: ids.length, double: ids.length - new Set(ids).size, waits: waits(taken) };
}

async function next(job: Extract<Job, { do: "next" }>) {
  const connections = Array.from({ length: job.claimers }, (_, n) => openHttp(pick(job.ports, n)));
  const claim = (n: number) => claimNext(connections[n] as HttpConnection, pick(job.cadres, n));
  return claimers(job.claimers, job.ms, claim).finally(() => connections.forEach((connection) => connection.close()));
}

async function nextRaw(job: Extract<Job, { do: "next-raw" }>) {
  const mongo = await MongoClient.connect(job.uri, { maxPoolSize: 64 });
  const queue = mongo.db(job.database).collection(job.collection);
  const claim = async (n: number): Promise<string | null> => {
    const found = await queue.findOneAndUpdate(
      { communityId: "load-1", status: "queued" },
      { $set: { status: "claimed", handlerId: String(n), "clocks.claimedAt": new Date() }, $inc: { version: 1 } },
      { sort: { "dispatch.queueKey": 1 }, returnDocument: "after", writeConcern: { w: "majority", journal: true } },
    );
    return found && String(found._id);
  };
  return claimers(job.claimers, job.ms, claim).finally(() => mongo.close());
}

/** Sends the same request repeatedly on several connections. */
async function post(job: Extract<Job, { do: "post" }>) {
  const connections = Array.from({ length: job.clients }, () => openHttp(job.port));
  const started = performance.now();
  let requests = 0;
  await Promise.all(
    connections.map(async (http) => {
      while (performance.now() - started < job.ms) {
        const { status, body } = await http.send("POST", job.path, job.headers, job.body);
        if (status >= 300) throw new Error(`${job.path} ${status} ${body}`);
        requests++;
      }
      http.close();
    }),
  );
  return { requests, seconds: (performance.now() - started) / 1000 };
}

async function work(job: Job): Promise<unknown> {
  if (job.do === "next") return next(job);
  if (job.do === "next-raw") return nextRaw(job);
  if (job.do === "post") return post(job);
  const { clients, close } = await open(job.target, job.clients);
  const run = job.do === "closed" ? closedLoop(clients, job.ms) : openLoop(clients, job.rate, job.ms, job.seed);
  return run.finally(close);
}

export type Done<J extends Job> = J extends { do: "closed" | "open" }
  ? Awaited<ReturnType<typeof closedLoop>>
  : J extends { do: "post" }
    ? Awaited<ReturnType<typeof post>>
    : Awaited<ReturnType<typeof claimers>>;

/** The load generator: runs one job after the other and reports the results. */
process.on("message", (job: Job) => {
  work(job).then(
    (done) => process.send?.({ done }),
    (error: unknown) => process.send?.({ failed: String(error) }),
  );
});
