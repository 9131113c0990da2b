import { beforeEach, describe, expect, it } from "vitest";
import type { User } from "../../../server/core/domain/accounts/user.ts";
import { shiftEnds } from "../../../server/core/jobs/shift-ends.ts";
import { submission } from "../../support/requests.ts";
import { openWorld } from "../../support/world.ts";

const world = await openWorld();
const { deps, clock, relay } = world;
const resident = await world.resident();
const mine = await world.as(resident);
const clerk = await world.staff("committee");
const desk = await world.as(clerk);

const note = "约好明早九点换阀门";
const load = async (id: string) => (await deps.store.requests.load(id))!.request;
const inbox = async (user: User): Promise<string[]> => {
  await relay.drain();
  return (await (await world.as(user)).call("GET /api/inbox", {})).ok.items.map(({ text }) => text);
};
async function logged(type: string) {
  await relay.drain();
  const rows = await deps.store.log.after("east", 0, 5_000);
  return rows.filter((row) => row.type === type).map(({ payload }) => JSON.parse(payload!) as { data: object });
}

/** A cadre on duty for three hours with a request whose first contact was made. */
async function shift() {
  const cadre = await world.cadre("east", { name: "王敏" });
  const api = await world.as(cadre);
  const { id, requestNo } = (await mine.call("POST /api/requests", { body: submission() })).ok;
  await api.call("POST /api/requests/:id/claim", { params: { id } });
  await api.call("POST /api/requests/:id/first-contact", { params: { id }, body: { note: "已电话联系" } });
  const write = (cadreId: string | null, key?: string) =>
    api.call("POST /api/requests/:id/hand-over", { params: { id }, body: { note, cadreId }, ...(key ? { key } : {}) });
  const end = (notesLater = false) => api.call("POST /api/duty/end", { body: { notesLater } });
  return { cadre, api, id, requestNo, write, end };
}

/** Moves on a day, so that everybody is off duty, and records that in the log. */
beforeEach(async () => {
  clock.pass(24 * 60);
  await shiftEnds.run(deps);
  await shiftEnds.run(deps);
});

describe("the end of a duty", () => {
  it("is refused while a request in progress has no note, and names it; with the note it succeeds", async () => {
    const { api, id, requestNo, write, end } = await shift();
    const refused = await end();
    expect(refused).toMatchObject({ status: 409, code: "duty.handover_needed" });
    expect((refused.body as { error: { details: object } }).error.details).toEqual({
      requests: [{ id, no: requestNo }],
      count: 1,
    });
    expect((await api.call("GET /api/duty/handover", {})).ok.requests).toMatchObject([{ id, owed: true, note: null }]);
    expect((await write(null)).ok).toMatchObject({ status: "handling", handover: { note, from: "王敏", to: null } });
    expect((await api.call("GET /api/duty/handover", {})).ok.requests).toMatchObject([{ id, owed: false, note }]);
    expect((await end()).status).toBe(200);
  });

  it("requires a new note in the next duty", async () => {
    const { api, write, end } = await shift();
    await write(null);
    await end();
    clock.pass(12 * 60);
    const until = new Date(clock.now().getTime() + 3_600_000).toISOString();
    await api.call("POST /api/duty/start", { body: { until } });
    expect((await end()).code).toBe("duty.handover_needed");
  });

  it("requires no note for suspended requests, and for those of a colleague", async () => {
    const { id, write, end } = await shift();
    const colleague = await world.cadre("east", { name: "李强" });
    await write(colleague.id);
    expect((await end()).status).toBe(200);
    const other = await shift();
    const plea = { until: new Date(clock.now().getTime() + 5 * 86_400_000).toISOString(), reason: "等大修" };
    const params = { id: other.id };
    await other.api.call("POST /api/requests/:id/ask-suspension", { params, body: plea });
    await desk.call("POST /api/requests/:id/approve-suspension", { params, body: {} });
    expect((await other.end()).status).toBe(200);
    expect((await load(id)).handlerId).toBe(colleague.id);
  });
});

describe("a request that is handed over", () => {
  it("is the colleague's, who reads the note first; the resident is told who continues, but not the note", async () => {
    const { id, requestNo, write, api } = await shift();
    const colleague = await world.cadre("east", { name: "李强" });
    const before = await load(id);
    expect((await write(colleague.id)).status).toBe(200);
    const { respondBy, resolveBy, firstContactAt } = before.clocks;
    const { returnCount } = before.dispatch;
    expect(await load(id)).toMatchObject({
      ...{ handlerId: colleague.id, status: "handling" },
      ...{ clocks: { respondBy, resolveBy, firstContactAt }, dispatch: { returnCount } },
    });

    const theirs = await world.as(colleague);
    const detail = (await theirs.call("GET /api/requests/:id", { params: { id } })).ok;
    expect(detail).toMatchObject({ handover: { note, from: "王敏", to: "李强" }, handler: { name: "李强" } });
    expect(detail.abilities).toContain("resolve");
    expect((await api.call("GET /api/requests/:id", { params: { id } })).ok.abilities).not.toContain("resolve");
    expect((await inbox(colleague))[0]).toContain("把诉求");
    expect((await inbox(resident))[0]).toBe(`王敏下班了，诉求 ${requestNo} 由李强接着办。`);

    const seen = (await mine.call("GET /api/requests/:id", { params: { id } })).ok;
    expect(seen.handler?.name).toBe("李强");
    expect(seen.timeline.at(-1)).toMatchObject({ type: "request.handed_over", data: { cadreName: "李强" } });
    expect(JSON.stringify(seen)).not.toContain(note);
    const log = (await desk.call("GET /api/log", { query: { type: "request.handed_over" } })).ok.items;
    expect(log.find(({ requestId }) => requestId === id)?.data).toMatchObject({ note, cadreName: "李强" });
  });

  it("may stay with its handler, and the resident is told that, too", async () => {
    const { requestNo, write } = await shift();
    await write(null);
    expect((await inbox(resident))[0]).toBe(`王敏下班了，您的诉求 ${requestNo} 仍由王敏上班后接着办。`);
  });

  it("cannot go to a cadre who is neither on duty nor coming, or who is its resident", async () => {
    const { id, write } = await shift();
    const away = await world.cadre("east", { onDuty: false });
    const abroad = await world.cadre("west");
    for (const { id: cadreId } of [away, abroad, resident]) {
      expect(await write(cadreId)).toMatchObject({ status: 422, code: "handover.not_coming" });
    }
    expect((await load(id)).handling.handover).toBeNull();
  });

  it("gives the same answer to a repeated call, even when the colleague has left meanwhile", async () => {
    const { id, write } = await shift();
    const colleague = await world.cadre("east", { name: "李强" });
    expect((await write(colleague.id, "hand-over-1")).status).toBe(200);
    await (await world.as(colleague)).call("POST /api/duty/end", { body: { notesLater: true } });
    const { version } = await load(id);
    expect((await write(colleague.id, "hand-over-1")).status).toBe(200);
    expect((await write(null, "hand-over-1")).code).toBe("idempotency.key_reused");
    expect((await load(id)).version).toBe(version);
  });

  it("is handed over once by forty simultaneous calls with one key", async () => {
    const { id, write } = await shift();
    const { version } = await load(id);
    const answers = await Promise.all(Array.from({ length: 40 }, () => write(null, "hand-over-2")));
    expect(answers.every(({ status }) => status === 200 || status === 409)).toBe(true);
    expect((await load(id)).version).toBe(version + 1);
  });

  it("at the same time as it is resolved: the log has one order of both, and its handler resolved it", async () => {
    for (let round = 0; round < 10; round++) {
      const { api, id, write } = await shift();
      const colleague = await world.cadre("east", { name: "李强" });
      const body = { result: "换好了" };
      const [handed, resolved] = await Promise.all([
        write(colleague.id),
        api.call("POST /api/requests/:id/resolve", { params: { id }, body }),
      ]);
      const { status, handlerId } = await load(id);
      // Exactly one of the two succeeds: after a hand-over the cadre may not resolve the request, and after the result
      // there is
      // nothing to hand over.
      expect([handed.status, resolved.status].filter((code) => code === 200)).toHaveLength(1);
      expect([status, handlerId === colleague.id]).toEqual(
        handed.status === 200 ? ["handling", true] : ["resolved", false],
      );
    }
  });
});

describe("missing notes", () => {
  it("are asked for once when a duty ends by itself, however often the job runs at once", async () => {
    const { cadre, requestNo, id } = await shift();
    clock.pass(3 * 60);
    const before = (await logged("duty.ended")).length;
    await Promise.all(Array.from({ length: 8 }, () => shiftEnds.run(deps)));
    await shiftEnds.run(deps);
    const ends = (await logged("duty.ended")).slice(before).filter(({ data }) => "owed" in data);
    expect(ends).toMatchObject([{ data: { byItself: true, owed: [requestNo] } }]);
    expect((await inbox(cadre))[0]).toContain("一小时内补写");
    expect(await load(id)).toMatchObject({ status: "handling", handlerId: cadre.id });
  });

  it("are reported to the committee an hour later, once", async () => {
    const { cadre, end, requestNo } = await shift();
    expect((await end(true)).status).toBe(200);
    clock.pass(59);
    await shiftEnds.run(deps);
    const before = (await logged("duty.notes_missing")).length;
    clock.pass(1);
    await Promise.all(Array.from({ length: 8 }, () => shiftEnds.run(deps)));
    await shiftEnds.run(deps);
    const missing = (await logged("duty.notes_missing")).slice(before);
    expect(missing).toMatchObject([{ data: { cadreName: "王敏", owed: [requestNo] } }]);
    expect((await inbox(clerk))[0]).toContain("王敏下班一小时了");
    expect((await inbox(cadre))[0]).toContain("已报居委会");
  });

  it("that are written in time are not reported to the committee", async () => {
    const { end, write } = await shift();
    await end(true);
    expect((await write(null)).status).toBe(200);
    clock.pass(61);
    const before = (await logged("duty.notes_missing")).length;
    await shiftEnds.run(deps);
    await shiftEnds.run(deps);
    expect((await logged("duty.notes_missing")).length).toBe(before);
    expect((await logged("duty.notes_written")).at(-1)).toMatchObject({ data: { cadreName: "王敏" } });
  });

  it("are dropped when the cadre comes back first, and required at the next end", async () => {
    const { api, end } = await shift();
    await end(true);
    clock.pass(30);
    const until = new Date(clock.now().getTime() + 2 * 3_600_000).toISOString();
    await api.call("POST /api/duty/start", { body: { until } });
    clock.pass(31);
    const before = (await logged("duty.notes_missing")).length;
    await shiftEnds.run(deps);
    expect((await logged("duty.notes_missing")).length).toBe(before);
    expect((await end()).code).toBe("duty.handover_needed");
  });
});

it("notes about a resident's requests are erased when the account is closed", async () => {
  const leaver = await world.resident();
  const api = await world.as(leaver);
  const cadre = await world.cadre();
  const his = await world.as(cadre);
  const params = { id: (await api.call("POST /api/requests", { body: submission() })).ok.id };
  await his.call("POST /api/requests/:id/claim", { params });
  await his.call("POST /api/requests/:id/first-contact", { params, body: { note: "已联系" } });
  await his.call("POST /api/requests/:id/hand-over", { params, body: { note: "老人耳背，请大声", cadreId: null } });
  await relay.drain();
  const blank = {
    phone: deps.keys.seal("", "phone"),
    unit: deps.keys.seal("", "unit"),
    room: deps.keys.seal("", "room"),
  };
  await deps.store.requests.erase([leaver.id], blank, { rule: "account_closed", at: world.clock.now() });
  expect((await load(params.id)).handling.handover).toBeNull();
});
