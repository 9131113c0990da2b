import { pino } from "pino";
import { describe, expect, it } from "vitest";
import { SMS_CHARACTERS } from "../../../server/adapters/sms/sms.ts";
import { sendDue } from "../../../server/core/usecases/notify/send-deliveries.ts";
import { smsWords } from "../../../server/core/usecases/notify/words.ts";
import { startFakeWeCom } from "../../../server/adapters/wecom/fake.ts";
import { createRobot } from "../../../server/adapters/wecom/robot.ts";
import { submission } from "../../support/requests.ts";
import { openWorld } from "../../support/world.ts";
import { worded } from "../../support/worded.ts";

const texts: { phone: string; text: string }[] = [];
const world = await openWorld({
  sms: {
    sendCode: async () => undefined,
    async sendText(phone, text) {
      texts.push({ phone, text });
      return "sent";
    },
  },
});
const { deps, group, clock } = world;
const log = pino({ level: "silent" });

describe("the cadres' group", () => {
  it("hears of a request by service, building, number and deadline, and of nothing personal", async () => {
    const resident = await world.resident();
    const body = submission({
      description: "我叫王小明，住 1单元 101，电话 13912345678，取件码 8-2-1007",
      contact: { name: "王小明", phone: "13912345678" },
    });
    const { requestNo } = (await (await world.as(resident)).call("POST /api/requests", { body })).ok;
    await world.relay.drain();
    await sendDue(deps);
    const said = group.said.at(-1) ?? "";
    for (const word of [requestNo, "代取包裹", "1号楼", "2026年3月2日 21:10"]) expect(said).toContain(word);
    for (const secret of ["王小明", "1单元", "101", "139", "8-2-1007", resident.name])
      expect(worded(said)).not.toContain(secret);
  }); // prettier-ignore

  it("hears more than twenty a minute later, all of them once", async () => {
    const before = group.said.length;
    const mine = await world.as(await world.resident());
    for (let n = 0; n < 25; n++) await mine.call("POST /api/requests", { body: submission() });
    await world.relay.drain();
    await sendDue(deps);
    expect(group.said.length - before).toBeLessThan(25);
    clock.pass(2);
    await sendDue(deps);
    expect(group.said.length - before).toBe(25);
    expect(new Set(group.said).size).toBe(group.said.length);
  });

  it("hears of all that was filed in a busy night, twenty a minute, and first of what is urgent", async () => {
    clock.set("2026-03-02T23:30:00+08:00");
    const before = group.said.length;
    for (let resident = 0; resident < 7; resident++) {
      const mine = await world.as(await world.resident());
      for (let n = 0; n < 10; n++) await mine.call("POST /api/requests", { body: submission() });
    }
    await world.relay.drain();
    clock.set("2026-03-03T07:00:00+08:00");
    await sendDue(deps);
    expect(group.said.length - before).toBe(20);
    // The urgent message waits until the minute's quota is renewed, like the others.
    const urgent = submission({ serviceCode: "leak", description: "水漫到楼下" });
    const { requestNo } = (await (await world.as(await world.resident())).call("POST /api/requests", { body: urgent })).ok;
    await world.relay.drain();
    await sendDue(deps);
    for (let minute = 0; minute < 3; minute++) {
      clock.pass(1);
      await sendDue(deps);
    }
    expect(new Set(group.said.slice(before)).size).toBe(71);
    expect(group.said.slice(before).findIndex((words) => words.includes(requestNo))).toBe(20);
  }); // prettier-ignore

  it("that is full when the quiet hours begin hears the rest in the morning", async () => {
    clock.set("2026-03-03T21:59:30+08:00");
    const before = group.said.length;
    const mine = await world.as(await world.resident());
    for (let n = 0; n < 22; n++) await mine.call("POST /api/requests", { body: submission() });
    await world.relay.drain();
    await sendDue(deps);
    clock.pass(5);
    await sendDue(deps);
    expect(group.said.length - before).toBe(20);
    clock.set("2026-03-04T07:00:00+08:00");
    await sendDue(deps);
    expect(group.said.length - before).toBe(22);
  });

  it("a key that is none (93000) is not tried again; nobody listening is", async () => {
    const none = group.webhook().replace(/key=.*/, "key=none");
    const invalid = await createRobot({ east: none }, log).say("east", "新诉求");
    expect(invalid).toEqual({ state: "failed", code: "93000", retry: false });
    const gone = await startFakeWeCom();
    const webhook = gone.webhook();
    await gone.stop();
    const away = await createRobot({ east: webhook }, log).say("east", "新诉求");
    expect(away).toEqual({ state: "failed", code: "unreachable", retry: true });
  });

  it("what WeCom was too busy for (-1) is said later", async () => {
    const { id } = (await (await world.as(await world.resident())).call("POST /api/requests", { body: submission() }))
      .ok;
    await world.relay.drain();
    const before = group.said.length;
    const message = async () => (await deps.store.deliveries.ofRequest(id)).find(({ channel }) => channel === "wecom");
    group.failNext(-1);
    await sendDue(deps);
    expect(await message()).toMatchObject({ state: "queued", reason: "-1" });
    clock.pass(1);
    await sendDue(deps);
    expect(await message()).toMatchObject({ state: "sent" });
    expect(group.said.length - before).toBe(1);
  });

  it("an answer that never came may have been heard", async () => {
    const robot = createRobot({ east: group.webhook() }, log);
    group.failNext("hang up");
    expect(await robot.say("east", "新诉求")).toEqual({ state: "unknown" });
    expect(await robot.say("west", "新诉求")).toMatchObject({ state: "failed", code: "no_robot" });
  });
});

describe("text messages", () => {
  it("of an urgent request go at once to every cadre on duty, also at night, and to nobody else", async () => {
    clock.set("2026-03-03T23:40:00+08:00");
    const [onDuty, , elsewhere] = [await world.cadre(), await world.cadre("east", { onDuty: false }), await world.cadre("west")];
    const phone = "13811112222";
    for (const { id } of [onDuty, elsewhere]) await deps.store.users.update(id, { phone: deps.keys.seal(phone, "phone") });
    const resident = await world.resident();
    texts.splice(0);
    const mine = await world.as(resident);
    const { requestNo } = (await mine.call("POST /api/requests", { body: submission({ serviceCode: "leak", description: "水漫到楼下 13912345678" }) })).ok;
    await mine.call("POST /api/requests", { body: submission() });
    await world.relay.drain();
    await sendDue(deps);
    expect(texts.map((text) => text.phone)).toEqual([phone]);
    expect(texts[0]?.text).toContain(requestNo);
    expect([...(texts[0]?.text ?? "")].length).toBeLessThanOrEqual(SMS_CHARACTERS);
    for (const secret of [resident.name, "139", "1单元", "楼下"])
      expect(worded(texts[0]?.text ?? "")).not.toContain(secret);
  }); // prettier-ignore

  it("never need a second one, whatever the service is called", () => {
    const facts = { no: "4T7K-9QX2-M", building: "128弄12号楼", urgent: true, handler: "", at: clock.now(), respondBy: clock.now() };
    for (const length of [1, 10, 20, 40, 80]) {
      const words = smsWords("filed", { ...facts, service: "漏".repeat(length) });
      expect([...words].length).toBeLessThanOrEqual(SMS_CHARACTERS);
      expect(words).toContain(facts.no);
    }
  }); // prettier-ignore
});

describe("states of messages", () => {
  it("are seen by those who answer for the request; not by its resident, nor by anybody else", async () => {
    const [resident, cadre] = [await world.resident(), await world.cadre()];
    const { id } = (await (await world.as(resident)).call("POST /api/requests", { body: submission() })).ok;
    await (await world.as(cadre)).call("POST /api/requests/:id/claim", { params: { id } });
    await world.relay.drain();
    await sendDue(deps);
    const ask = async (user: typeof cadre) =>
      (await world.as(user)).call("GET /api/requests/:id/deliveries", { params: { id } });
    const { items } = (await ask(cadre)).ok;
    const seen = items.map(({ type, channel, to, state }) => `${type} ${channel} ${to} ${state}`);
    expect(seen).toContain("request.claimed wechat resident queued");
    expect(seen).toContain("request.claimed inbox resident sent");
    expect(JSON.stringify(items)).not.toContain(resident.name);
    expect((await ask(await world.staff("committee"))).status).toBe(200);
    expect((await ask(resident)).code).toBe("auth.forbidden");
    for (const stranger of [await world.cadre("west"), await world.staff("committee", ["west"])])
      expect((await ask(stranger)).code).toBe("request.unknown");
  });
});
