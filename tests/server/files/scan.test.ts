import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { pino } from "pino";
import { afterAll, describe, expect, it } from "vitest";
import { clamdAddress, ping, scan } from "../../../server/adapters/scan/clamd.ts";
import { createFileScanner } from "../../../server/adapters/scan/file-scanner.ts";
import { createOpsServer } from "../../../server/operations/ops-server.ts";
import { dataFolder } from "../../support/data-folder.ts";
import { eicar, startFakeClamd } from "../../support/fake-clamd.ts";
import { phonePhoto } from "../../support/photos.ts";
import { openWorld } from "../../support/world.ts";

const lines: Record<string, unknown>[] = [];
const log = pino({ base: null }, { write: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>) });
const clamd = await startFakeClamd();
afterAll(() => clamd.stop());
const address = { host: "127.0.0.1", port: clamd.port };
const TIMEOUT_MS = 10_000;
/** Nobody listens there: it was a port of a server that has ended. */
const gone = await startFakeClamd();
await gone.stop();

describe("the protocol of clamd", () => {
  it.each([
    ["an empty file", 0, 0],
    ["a small file", 10, 1],
    ["a file of exactly one piece", 65_536, 1],
    ["a large file", 1_000_000, 16],
  ])("takes %s as it is, in pieces", async (_what, size, pieces) => {
    const bytes = randomBytes(size);
    expect(await scan(address, TIMEOUT_MS, bytes)).toEqual({ found: null });
    const sent = clamd.files.at(-1)!;
    expect(sent).toHaveLength(pieces);
    expect(Buffer.concat(sent).equals(bytes)).toBe(true);
  });

  it("tells what was found, also over the border of two pieces", async () => {
    const split = Buffer.concat([Buffer.alloc(65_500, 1), eicar, Buffer.alloc(99)]);
    expect(await scan(address, TIMEOUT_MS, split)).toEqual({ found: "Eicar-Test-Signature" });
  });

  it("hears that a file is too large for clamd, which stops reading", async () => {
    const strict = await startFakeClamd({ maxLength: 100_000 });
    const bytes = randomBytes(8 * 1024 * 1024);
    const verdict = await scan({ host: "127.0.0.1", port: strict.port }, TIMEOUT_MS, bytes);
    expect(verdict).toEqual({ refused: "INSTREAM size limit exceeded. ERROR" });
    await strict.stop();
  });

  it("works over a Unix socket", async () => {
    const path = join(await dataFolder(), "clamd");
    const local = await startFakeClamd({ path });
    expect(await ping({ path }, TIMEOUT_MS)).toBe(true);
    expect(await scan({ path }, TIMEOUT_MS, eicar)).toEqual({ found: "Eicar-Test-Signature" });
    await local.stop();
  });

  it("does not wait for ever", async () => {
    const mute = await startFakeClamd({ mute: true });
    await expect(scan({ host: "127.0.0.1", port: mute.port }, 100, eicar)).rejects.toThrow("does not reply");
    await mute.stop();
  });
});

describe("the setting", () => {
  it.each([
    ["/run/clamav/clamd.ctl", { path: "/run/clamav/clamd.ctl" }],
    ["127.0.0.1:3310", { host: "127.0.0.1", port: 3310 }],
    ["[::1]:3310", { host: "::1", port: 3310 }],
    ["clamd", null],
    [":3310", null],
    ["clamd:0", null],
    ["clamd:70000", null],
    ["clamd:port", null],
  ])("%s", (text, expected) => expect(clamdAddress(text)).toEqual(expected));
});

/** Uploads a file to a world whose scanner asks there. */
async function uploadTo(world: Awaited<ReturnType<typeof openWorld>>, path: string, bytes: Buffer, role?: "committee") {
  const user = role ? await world.staff(role) : await world.resident();
  const form = new FormData();
  form.append("file", new Blob([new Uint8Array(bytes)]), "file");
  const token = world.deps.tokens.issueAccess(user.id, "0".repeat(24), world.clock.now());
  const response = await fetch(`${world.base}${path}`, {
    method: "POST",
    body: form,
    headers: { authorization: `Bearer ${token}` },
  });
  const { error } = (await response.json()) as { error?: { code: string } };
  return { user, status: response.status, code: error?.code, retryAfter: response.headers.get("retry-after") };
}

describe("an uploaded file", async () => {
  const world = await openWorld({ scanner: createFileScanner(address, log) });
  const photos = async (): Promise<number> =>
    (await world.dump()).filter((stored) => "ownerId" in (stored as object)).length;

  it("is scanned before it is taken", async () => {
    const photo = await phonePhoto();
    expect(await uploadTo(world, "/api/uploads", photo)).toMatchObject({ status: 201 });
    expect(Buffer.concat(clamd.files.at(-1)!).equals(photo)).toBe(true);
    expect(await photos()).toBe(1);
  });

  it("that is infected is refused, not stored, and a line of the log", async () => {
    const infected = Buffer.concat([await phonePhoto(), eicar]);
    const { user, ...refused } = await uploadTo(world, "/api/uploads", infected);
    expect(refused).toMatchObject({ status: 422, code: "file.infected" });
    expect(await photos()).toBe(1);
    const about = { signature: "Eicar-Test-Signature", userId: user.id, route: "/api/uploads" };
    expect(lines.at(-1)).toMatchObject({ level: 40, bytes: infected.length, ...about });
  });

  it("is scanned whichever operation takes it", async () => {
    const sheet = Buffer.concat([Buffer.from("楼栋,单元\n"), eicar]);
    const path = "/api/communities/east/buildings/preview";
    expect(await uploadTo(world, path, sheet, "committee")).toMatchObject({ status: 422, code: "file.infected" });
  });
});

describe("without clamd", async () => {
  const away = createFileScanner({ host: "127.0.0.1", port: gone.port }, log);
  const world = await openWorld({ scanner: away });

  it("no file is taken, and everything else goes on", async () => {
    const refused = { status: 503, code: "file.not_scanned", retryAfter: "30" };
    expect(await uploadTo(world, "/api/uploads", await phonePhoto())).toMatchObject(refused);
    expect((await (await world.as(null)).call("GET /api/communities")).ok.items).toHaveLength(2);
  });

  it.each([
    ["readiness says so, and stays 200", away, ["scanner"]],
    ["readiness says nothing of it when it is there", createFileScanner(address, log), []],
  ])("%s", async (_what, scanner, degraded) => {
    const metrics = { text: async () => "", type: "text/plain" };
    const ops = createOpsServer({ notReady: async () => [], scannable: scanner.available, alive: () => true, metrics });
    await new Promise<void>((resolve) => ops.listen(0, "127.0.0.1", resolve));
    const response = await fetch(`http://127.0.0.1:${(ops.address() as { port: number }).port}/readyz`);
    expect([response.status, await response.json()]).toEqual([200, { ok: true, reasons: [], degraded }]);
    ops.close();
  });

  it("a file that clamd does not take is refused, which a retry would not change", async () => {
    const strict = await startFakeClamd({ maxLength: 10 });
    const scanner = createFileScanner({ host: "127.0.0.1", port: strict.port }, log);
    await expect(scanner.check(randomBytes(1_000), { userId: null, route: "" })).rejects.toThrow("file.unscannable");
    expect(lines.at(-1)).toMatchObject({ level: 50, reply: "INSTREAM size limit exceeded. ERROR" });
    await strict.stop();
  });
});
