import { systemClock } from "../../../server/kernel/clock.ts";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { User } from "../../../server/core/domain/accounts/user.ts";
import { personalData } from "../../../server/core/domain/privacy/personal-data.ts";
import { sealedFields } from "../../../server/core/domain/privacy/sealed-fields.ts";
import { createFileAnchors } from "../../../server/log/anchors.ts";
import { verifyLog } from "../../../server/log/verify-log.ts";
import { loadKeys } from "../../../server/adapters/keys/keys.ts";
import { type Purpose, purposes } from "../../../server/adapters/keys/ring.ts";
import { connect } from "../../../server/core/store/connection.ts";
import { findIdentity, linkIdentity } from "../../../server/core/usecases/accounts/identities.ts";
import { type Api, apiClient } from "../../support/api.ts";
import { dataFolder } from "../../support/data-folder.ts";
import { rawDump } from "../../support/dump.ts";
import { freshDatabase } from "../../support/engine.ts";
import { openFrontDoor } from "../../support/front-door.ts";
import { phonePhoto } from "../../support/photos.ts";
import { submission } from "../../support/requests.ts";
import { type ServerProcess, startServer } from "../../support/server-process.ts";
import { until } from "../../support/until.ts";
import { openWorld } from "../../support/world.ts";

const dataDir = await dataFolder();
const { uri, name } = freshDatabase();
const keys = await loadKeys(join(dataDir, "keys.json"));
// The test's own world issues login codes, because the servers are not in demo mode. Its relay does not run.
const world = await openWorld({ connection: await connect(uri, name), keys, clock: systemClock });
const { deps } = world;
const door = await openFrontDoor();
const servers: ServerProcess[] = [];
const env = { BEHIND_PROXY: "true", LIMITS_FACTOR: "1000" };
afterAll(() => Promise.all(servers.map((server) => server.end("SIGKILL"))));

const as = (user: User, base = door.base): Api =>
  apiClient(base, () => deps.tokens.issueAccess(user.id, "s".repeat(24), new Date()));
const phoneOf = (user: User): string => keys.open(user.phone!, "phone");

/** Runs `npm run keys:rotate` beside the servers, as an operator does. Returns exit code and output. */
async function rotate(...args: string[]): Promise<{ code: number; said: string }> {
  const program = join(import.meta.dirname, "../../../server/cli/keys-rotate.ts");
  const variables = { PATH: process.env["PATH"], MONGODB_URI: uri, MONGODB_DATABASE: name, DATA_DIR: dataDir };
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [program, ...args], { env: variables });
    return { code: 0, said: stdout };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, said: stdout + stderr };
  }
}
/** The id of each purpose's first key. */
const first = Object.fromEntries(purposes.map((purpose) => [purpose, keys.current(purpose).id])) as Record<
  Purpose,
  string
>;

const residents: User[] = [];
let cadre: User;
/** Counts of the actions so far, and their faults. */
const done = { logins: 0, filings: 0, refreshes: 0, newcomers: 0 };
const faults: string[] = [];
let going = true;
let refresh: string | undefined;
let spare: string | undefined;
let feed = "";
let photo = "";
let story: Promise<unknown> = Promise.resolve();

/** Logs in with a code, at the server whose turn it is. */
async function login(phone: string) {
  const { demoCode = "" } = (await (await world.as(null)).call("POST /api/auth/otp", { body: { phone } })).ok;
  return (await apiClient(door.base, null).call("POST /api/auth/otp/verify", { body: { phone, code: demoCode } })).ok;
}

/** Actions that run concurrently during the rotation until they are stopped. */
const chapters: readonly (() => Promise<void>)[] = [
  async function lookups() {
    const person = residents[done.logins % residents.length]!;
    const { user } = await login(phoneOf(person));
    if (user.id !== person.id) faults.push(`${phoneOf(person)} found ${user.id} instead of ${person.id}`);
    done.logins++;
  },
  async function steps() {
    const person = residents[done.filings % residents.length]!;
    const asked = {
      body: submission({ contact: { name: person.name!, phone: phoneOf(person) } }),
      key: crypto.randomUUID(),
    };
    const filed = (await as(person).call("POST /api/requests", asked)).ok;
    const params = { id: filed.id };
    await as(cadre).call("POST /api/requests/:id/claim", { params });
    const held = (await as(cadre).call("GET /api/requests/:id", { params })).ok;
    if (held.contact.phone !== phoneOf(person)) faults.push(`${filed.id} shows ${held.contact.phone}`);
    const again = await as(person).call("POST /api/requests", asked);
    if (again.ok.id !== filed.id) faults.push(`a repetition made ${again.ok.id}`);
    done.filings++;
  },
  async function refreshing() {
    refresh = (await apiClient(door.base, null).call("POST /api/auth/refresh", { body: { refreshToken: refresh } })).ok
      .refreshToken;
    done.refreshes++;
  },
  async function newcomers() {
    // At both servers at once, with an unused phone number.
    const phone = String(15_000_000_000 + done.newcomers);
    const resident = { name: "新来的", phone, building: "1号楼", unit: "1单元", room: "101" };
    const ids = await Promise.all(
      servers.map(async ({ base }) => {
        const { id } = (
          await as(cadre, base).call("POST /api/requests/for-resident", { body: { ...submission(), resident } })
        ).ok;
        return (await deps.store.requests.load(id))?.request.residentId;
      }),
    );
    if (new Set(ids).size !== 1) faults.push(`${phone} became ${ids.join(" and ")}`);
    const found = await findIdentity(deps, { kind: "phone", value: phone });
    if (found?.userId !== ids[0]) faults.push(`${phone} is found as ${found?.userId}`);
    done.newcomers++;
  },
];

async function goOn(chapter: () => Promise<void>): Promise<void> {
  while (going) {
    try {
      await chapter();
    } catch (error) {
      faults.push(`${chapter.name}: ${String(error)}`);
      return;
    }
  }
}

beforeAll(async () => {
  for (let n = 0; n < 8; n++) {
    const person = await world.resident();
    residents.push(person);
    if (n % 2) await linkIdentity(deps, { kind: "phone", value: phoneOf(person) }, person.id);
    // The identity as it was written before keys had generations.
    else {
      const subject = keys.blindIndex("phone", phoneOf(person));
      await deps.store.identities.link({ kind: "phone", subject, userId: person.id });
    }
  }
  cadre = await world.cadre();
  servers.push(...(await Promise.all([1, 2].map(() => startServer({ database: { uri, name }, dataDir, env })))));
  door.serve(servers.map(({ base }) => base));
  feed = (await as(cadre).call("POST /api/me/calendar-feed")).ok.path;
  const { id: photoId } = await deps.files.stage(residents[0]!.id, await phonePhoto(), new Date());
  photo = deps.files.url(photoId, new Date());
  ({ refreshToken: refresh } = await login(phoneOf(residents[0]!)));
  ({ refreshToken: spare } = await login(phoneOf(residents[1]!)));
  story = Promise.all(chapters.map(goOn));
}, 90_000);

describe("keys change while two servers run", { timeout: 90_000 }, () => {
  it.each([
    ["field", ["field"]],
    ["all", purposes],
  ] as const)("%s: a new generation is taken up without a restart, and everything goes on", async (key, changed) => {
    const old = changed.map((purpose) => keys.current(purpose).id);
    const { code, said } = await rotate("--key", key, "--delay", "1");
    expect(said).toContain("加了一代");
    expect(code).toBe(0);
    expect(changed.filter((purpose, n) => keys.current(purpose).id === old[n])).toEqual([]);
    const before = { ...done };
    await until(
      () =>
        faults.length > 0 ||
        Object.keys(done).every((what) => done[what as keyof typeof done] > before[what as keyof typeof done]),
    );
    expect(faults).toEqual([]);
  });

  it("the old are still read: a session of before, a calendar feed, and the log over both generations", async () => {
    going = false;
    await story;
    expect(faults).toEqual([]);
    const old = await apiClient(door.base, null).call("POST /api/auth/refresh", { body: { refreshToken: spare } });
    expect(old.ok.user.id).toBe(residents[1]!.id);
    spare = old.ok.refreshToken;
    expect((await fetch(door.base + feed)).status).toBe(200);
    expect((await fetch(door.base + photo)).status).toBe(200);
    await until(async () => (await deps.store.outbox.pending([...Array(16).keys()], 1)).length === 0);
    const anchors = createFileAnchors(join(dataDir, "anchors.json"));
    expect((await verifyLog(deps.store, keys, anchors)).faults).toEqual([]);
    const seals = (await deps.store.log.after("east", 0, 100_000)).map(({ seal }) => seal.split(":")[0]);
    expect([...new Set(seals)]).toEqual([first.log, keys.current("log").id]);
  });

  it.each(["field", "blind"] as const)(
    "%s: nothing needs the old one, which is retired while the servers work",
    async (purpose) => {
      const { code, said } = await rotate("--key", purpose, "--retire", first[purpose], "--settle", "0");
      expect(said).toContain("退役了");
      expect(code).toBe(0);
      expect(keys.get(purpose, first[purpose])).toBeNull();
      for (const person of residents) {
        expect((await login(phoneOf((await deps.store.users.find(person.id))!))).user.id).toBe(person.id);
        expect((await as(person).call("GET /api/me")).ok.registration?.room).toMatch(/^\d+$/);
      }
      const dump = await rawDump({ uri, name });
      const ours = dump.filter(({ collection }) => !["service_log", "day_anchors"].includes(collection));
      expect(
        ours.filter(({ bytes }) => bytes.includes(`${first[purpose]}:`)).map(({ collection }) => collection),
      ).toEqual([]);
      expect(
        (await deps.store.identities.hashedAfter("", 100_000)).filter(({ keyId }) => keyId === first.blind),
      ).toHaveLength(purpose === "blind" ? 0 : residents.length + done.newcomers);
      for (const { ops } of servers) expect((await fetch(`${ops}/readyz`)).status).toBe(200);
    },
  );

  it("log: is not retired, since its rows need it; the command says how many", async () => {
    const { code, said } = await rotate("--key", "log", "--retire", first.log, "--settle", "0");
    expect(code).toBe(1);
    expect(said).toMatch(/还不能退役：[1-9]\d* 行台账/);
    expect(keys.get("log", first.log)).not.toBeNull();
  });

  it("token: what still uses the old one is counted, and ends only when that is asked for", async () => {
    const left = await rotate("--key", "token", "--retire", first.token, "--settle", "0");
    expect(left.code).toBe(1);
    expect(left.said).toMatch(/1 个日历订阅、0 份邀请还在用它/);
    expect((await rotate("--key", "token", "--retire", first.token, "--settle", "0", "--force")).code).toBe(0);
    await until(() => keys.get("token", first.token) === null);
    await until(async () => (await fetch(door.base + feed)).status === 404);
    // Clients that have used the app since have a token of the new key.
    expect(
      (await apiClient(door.base, null).call("POST /api/auth/refresh", { body: { refreshToken: spare } })).code,
    ).toBeNull();
  });

  it("file: the addresses of before end with their key", async () => {
    const soon = await rotate("--key", "file", "--retire", first.file, "--settle", "0");
    expect(soon.said).toContain("换代不满一天");
    expect((await rotate("--key", "file", "--retire", first.file, "--settle", "0", "--force")).code).toBe(0);
    await until(async () => (await fetch(door.base + photo)).status === 403);
  });

  it("a key that is in use or does not exist is not retired", async () => {
    expect((await rotate("--key", "field", "--retire", keys.current("field").id, "--settle", "0")).code).toBe(1);
    expect((await rotate("--key", "field", "--retire", "nosuch")).code).toBe(1);
    expect((await rotate("--key", "nosuch")).said).toContain("没有叫 nosuch 的密钥");
  });
});

describe("the list of sealed fields", () => {
  it("is the one in the register of personal data", () => {
    const moved = sealedFields.flatMap(({ collection, fields }) =>
      Object.keys(fields).map((path) => `${collection}.${path}`),
    );
    const kept = personalData.flatMap(({ at }) => at.sealed ?? []);
    // Exports expire within a day, and WeChat's token is no personal datum, so neither is re-encrypted.
    const exempt = ["export_bytes.chunks.data", "wechat_tokens.sealed"];
    expect(moved.filter((path) => !exempt.includes(path)).toSorted()).toEqual(
      kept.filter((path) => !exempt.includes(path)).toSorted(),
    );
  });
});
