import { Writable } from "node:stream";
import { pino } from "pino";
import { beforeAll, describe, expect, it } from "vitest";
import { office, cadres, partners, residents } from "../../../server/demo/people.ts";
import { writeNextExport } from "../../../server/modules/exports/writing/write-export.ts";
import { refreshRollups } from "../../../server/modules/figures/usecases/refresh-rollups.ts";
import { startScheduler } from "../../../server/kernel/jobs/scheduler.ts";
import { createDevelopmentSms } from "../../../server/adapters/sms/sms.ts";
import { requestOtp } from "../../../server/core/usecases/accounts/request-otp.ts";
import { connect } from "../../../server/core/store/connection.ts";
import { allJobs } from "../../../server/core/jobs/all-jobs.ts";
import { moduleJobs } from "../../../server/modules/index.ts";
import { defineJob } from "../../../server/kernel/jobs/job.ts";
import { writeEverywhere } from "../../support/pii-samples.ts";
import { phone, traces } from "../../support/pii-words.ts";
import { type Dumped, leaves, listed, rawDump, standing, textOf } from "../../support/dump.ts";
import { freshDatabase } from "../../support/engine.ts";
import { openSeededWorld } from "../../support/seeded-world.ts";

/** The server's log lines at the most verbose level. */
const lines: string[] = [];
const log = pino(
  { level: "trace" },
  new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  }),
);

/** A promise with a function that resolves it. */
function signal(): { met: Promise<void>; meet: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { met: promise, meet: resolve };
}

/** The path of a text in a document. */
const whereIs = (collection: string, document: Record<string, unknown>, needle: string): string =>
  `${collection}.${[...leaves(document)].find(([path, value]) => `${path} ${textOf(value)}`.includes(needle))?.[0]}: ${needle}`;

const { uri, name } = freshDatabase();
const connection = await connect(uri, name);
const world = await openSeededWorld({
  connection,
  log,
  sms: createDevelopmentSms(log),
  app: { logRequests: true },
});
const { deps, relay } = world;
let dump: Dumped[] = [];

beforeAll(async () => {
  await writeEverywhere(world);
  // The caller is not on this machine, so a code is sent.
  await requestOtp({ ...deps, demo: false }, phone, "192.0.2.1");
  await relay.drain();
  await refreshRollups(deps);
  while (await writeNextExport(deps, "writer"));
  const done = signal();
  const last = defineJob({ name: "last", every: { hours: 1 }, run: async () => done.meet() });
  const stop = startScheduler({
    jobs: [...allJobs, ...moduleJobs, last],
    context: deps,
    leases: deps.store.jobLeases,
    holder: "dumped",
    clock: deps.clock,
    log,
    pollMs: 40,
  });
  await done.met;
  await stop();
  await relay.stop();
  dump = await rawDump({ uri, name });
}, 120_000);

const people = [...residents, ...cadres, ...office, ...partners];
const units = new Set(residents.map((person) => person.home?.unit));
const rooms = new Set(residents.map((person) => person.home?.room));
const everyLeaf = () =>
  dump.flatMap(({ collection, document }) =>
    [...leaves(document)].map(([path, value]) => ({ path: `${collection}.${path}`, value })),
  );

describe("the raw dump of a database and the log lines of its server", () => {
  const needles = [...people.map((person) => person.phone), ...traces];

  it("have no phone number and no ID number in clear, however it was written", () => {
    const found = dump.flatMap(({ collection, bytes, document }) =>
      needles.filter((needle) => bytes.includes(needle)).map((needle) => whereIs(collection, document, needle)),
    );
    expect([...new Set(found)]).toEqual([]);
    expect(lines.filter((line) => needles.some((needle) => line.includes(needle)))).toEqual([]);
  });

  it("have them masked wherever somebody wrote them: the search looks where they were", () => {
    const places = new Set(
      everyLeaf().flatMap(({ path, value }) => (textOf(value).includes("135****2345") ? [path] : [])),
    );
    for (const path of ["requests.content.description", "complaints.answer.text", "service_log.payload", "leaves.note"])
      expect(places).toContain(path);
    expect(places.size).toBeGreaterThan(25);
    expect(lines.length).toBeGreaterThan(60);
    expect(lines.some((line) => line.includes("login code"))).toBe(true);
  });

  it("have a unit or a door in clear only in what somebody wrote, which the file says", () => {
    const known = (value: unknown): boolean =>
      typeof value === "string" && (units.has(value) || rooms.has(value) || /\d单元\d{3,4}|1907室/.test(value));
    const found = everyLeaf().filter(({ value }) => known(value));
    const elsewhere = found.filter(({ path }) => standing(path) !== "words").map(({ path }) => path);
    // Units of a building are public, so the list of buildings may contain the unit.
    expect([...new Set(elsewhere)]).toEqual(["communities.buildings.units"]);
    expect(found.some(({ path }) => path === "requests.content.description")).toBe(true);
    expect(lines.filter((line) => line.includes("1907室"))).toEqual([]);
  });

  it("have nothing sealed or hashed where the file does not say so, and nothing else where it does", () => {
    const sealed = /^[0-9a-f]{8}:[\w-]{38,}$/;
    const wrong = everyLeaf().flatMap(({ path, value }) => {
      const stands = standing(path);
      if (typeof value !== "string") return [];
      // Seals of the log have the same form as encrypted values.
      if (sealed.test(value) && stands !== "sealed" && !path.endsWith("seal")) return [path];
      return stands === "sealed" && !sealed.test(value) ? [path] : [];
    });
    expect([...new Set(wrong)]).toEqual([]);
  });
});

describe("the file of personal data", () => {
  const schemas = Object.values(connection.models).flatMap(({ collection, schema }) =>
    Object.keys(schema.paths).map((path) => `${collection.name}.${path}`),
  );

  it("says of every field that the database has, or may have, how it stands", () => {
    const all = new Set([...schemas, ...everyLeaf().map(({ path }) => path)]);
    expect([...all].filter((path) => standing(path) === null).toSorted()).toEqual([]);
  });

  it("names no field that is not there", () => {
    const all = [...schemas, ...everyLeaf().map(({ path }) => path)];
    const idle = listed.filter(({ pattern }) => !all.some((path) => pattern.test(path)));
    expect(idle.map(({ path }) => path)).toEqual([]);
  });
});
