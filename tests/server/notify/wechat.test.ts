import { describe, expect, it } from "vitest";
import type { User } from "../../../server/core/domain/accounts/user.ts";
import { createKeys, newKeyRing } from "../../../server/adapters/keys/keys.ts";
import { connect } from "../../../server/core/store/connection.ts";
import { recordConsentAnswer } from "../../../server/core/usecases/notify/consents.ts";
import { type SendPoint, giveUpStuck, sendDue } from "../../../server/core/usecases/notify/send-deliveries.ts";
import { testClock } from "../../support/clock.ts";
import { freshDatabase } from "../../support/engine.ts";
import { accepted, inWeChat } from "../../support/in-wechat.ts";
import { submission } from "../../support/requests.ts";
import { openWorld } from "../../support/world.ts";

const { uri, name } = freshDatabase();
const keys = createKeys(newKeyRing());
const leaseClock = testClock();
const world = await openWorld({ connection: await connect(uri, name), keys, leaseClock });
/** A second server process on the same database, with the same WeChat. */
const other = await openWorld({
  connection: await connect(uri, name),
  keys,
  clock: world.clock,
  leaseClock,
  wechat: world.wechat.settings,
});
const { deps, wechat, clock } = world; // prettier-ignore

class Crash extends Error {}

/** Creates a claimed request of the user. The notification exists but is not sent yet. */
async function claimed(user: User): Promise<string> {
  const { id } = (await (await world.as(user)).call("POST /api/requests", { body: submission() })).ok;
  await (await world.as(await world.cadre())).call("POST /api/requests/:id/claim", { params: { id } });
  await world.relay.drain();
  return id;
}

const arrived = (openid: string) => wechat.delivered.filter((message) => message.openid === openid);
const states = async (requestId: string) =>
  (await deps.store.deliveries.ofRequest(requestId))
    .filter(({ channel }) => channel === "wechat")
    .map(({ state, reason }) => (reason ? `${state} ${reason}` : state));
const left = async (user: User): Promise<number> => {
  const { items } = (await (await world.as(user)).call("GET /api/notify/templates")).ok;
  return items.find(({ templateId }) => templateId === accepted)?.left ?? -1;
};

describe("consents", () => {
  it("are asked for by role, and counted once a tap however often it is told", async () => {
    const { user } = await inWeChat(world, 2);
    const mine = await world.as(user);
    const body = { answers: [{ templateId: accepted, answer: "accept" as const }] };
    for (let n = 0; n < 3; n++) await mine.call("POST /api/notify/consents", { body, key: `tap-${user.id}-1` });
    expect(await left(user)).toBe(2);
    const { items } = (await (await world.as(await world.cadre())).call("GET /api/notify/templates")).ok;
    expect(items.map(({ purpose }) => purpose)).toEqual(["assigned", "offered", "due"]);
    expect((await mine.call("GET /api/notify/templates")).ok.items.map(({ purpose }) => purpose)).toEqual([
      "accepted",
      "question",
      "resolved",
    ]);
  });

  it("told by many at once are each counted once", async () => {
    const { user } = await inWeChat(world, 0, 0);
    const at = clock.now();
    const taps = Array.from({ length: 6 }, (_, n) => `t${n}`);
    const tell = (id: string) => recordConsentAnswer(deps, user.id, accepted, { id, by: "app", answer: "accept", at });
    const results = await Promise.allSettled([...taps, ...taps].map(tell));
    for (const [n, result] of results.entries()) if (result.status === "rejected") await tell([...taps, ...taps][n]!);
    expect(await left(user)).toBe(6);
  });

  it("that WeChat tells of, too, are the same ones; turned off in its settings they are gone", async () => {
    const { user, openid } = await inWeChat(world, 1);
    const told = (Event: string, SubscribeStatusString: string, CreateTime: number) =>
      wechat.push({
        MsgType: "event",
        Event,
        FromUserName: openid,
        CreateTime,
        List: [{ TemplateId: accepted, SubscribeStatusString, PopupScene: "0" }],
      });
    for (let n = 0; n < 3; n++) expect(await told("subscribe_msg_popup_event", "accept", 1)).toBe(true);
    expect(await left(user)).toBe(1);
    // Consents of which only WeChat's push tells, because the app was closed at once.
    await told("subscribe_msg_popup_event", "accept", 2);
    await told("subscribe_msg_popup_event", "reject", 3);
    expect(await left(user)).toBe(2);
    await told("subscribe_msg_change_event", "reject", 4);
    expect(await left(user)).toBe(0);
  });

  it("of a template that is not ours are passed over", async () => {
    const { user } = await inWeChat(world, 0, 0);
    const body = { answers: [{ templateId: "somebody-elses", answer: "accept" as const }] };
    expect((await (await world.as(user)).call("POST /api/notify/consents", { body })).status).toBe(200);
    expect((await deps.store.consents.load(user.id, "somebody-elses")).version).toBe(0);
  });
});

describe("a message", () => {
  it("arrives once, with fields that WeChat takes, and costs one consent", async () => {
    const { user, openid } = await inWeChat(world, 2);
    const id = await claimed(user);
    await sendDue(deps);
    await world.relay.drain();
    await sendDue(other.deps);
    const [message, ...more] = arrived(openid);
    expect(more).toEqual([]);
    expect(message).toMatchObject({ templateId: accepted, page: `pages/request/index?id=${id}` });
    expect(message?.data).toMatchObject({ thing2: "代取包裹", time4: "2026年3月2日 20:40" });
    expect(await states(id)).toEqual(["sent"]);
    expect(await left(user)).toBe(1);
  });

  it.each<[string, () => Promise<User>, string]>([
    ["without WeChat", () => world.resident(), "skipped no_wechat"],
    ["without a consent", async () => (await inWeChat(world, 0, 0)).user, "skipped no_consent"],
  ])("to somebody %s is not sent, and says why", async (_what, somebody, state) => {
    const before = wechat.delivered.length;
    const id = await claimed(await somebody());
    await sendDue(deps);
    expect(await states(id)).toEqual([state]);
    expect(wechat.delivered).toHaveLength(before);
  });

  it("that WeChat refuses (43101) ends every consent that we believed in", async () => {
    const { user } = await inWeChat(world, 3, 0);
    const id = await claimed(user);
    await sendDue(deps);
    expect(await states(id)).toEqual(["refused"]);
    expect(await left(user)).toBe(0);
  });

  it("whose call had no answer is unknown, is not sent again, and its consent is spent", async () => {
    const { user, openid } = await inWeChat(world, 2);
    wechat.failNext("hang up", "/cgi-bin/message/subscribe/send");
    const id = await claimed(user);
    await sendDue(deps);
    expect(await states(id)).toEqual(["unknown"]);
    clock.pass(60);
    await giveUpStuck(deps);
    await sendDue(deps);
    expect(arrived(openid)).toEqual([]);
    expect(await left(user)).toBe(1);
  });

  it.each([
    ["busy", -1, 4],
    ["too often asked", 45011, 1],
    ["not content with any token", 40001, 2],
  ])("for which WeChat was %s (%i) was not sent, and arrives later", async (_what, code, times) => {
    const { user, openid } = await inWeChat(world, 1);
    const id = await claimed(user);
    for (let n = 0; n < times; n++) wechat.failNext(code, "/cgi-bin/message/subscribe/send");
    await sendDue(deps);
    expect([await states(id), arrived(openid)]).toEqual([[`queued ${code}`], []]);
    clock.pass(1);
    await sendDue(deps);
    expect([await states(id), arrived(openid).length]).toEqual([["sent"], 1]);
    expect(await left(user)).toBe(0);
  });

  it("that certainly was not sent is tried again while it is news, and keeps its consent", async () => {
    const { user, openid } = await inWeChat(world, 1);
    const send = "/cgi-bin/message/subscribe/send";
    wechat.failNext(45009, send);
    const id = await claimed(user);
    await sendDue(deps);
    expect(await states(id)).toEqual(["queued 45009"]);
    expect(await left(user)).toBe(1);
    clock.pass(1);
    await sendDue(deps);
    expect(await states(id)).toEqual(["sent"]);
    expect(arrived(openid)).toHaveLength(1);

    const { user: unlucky } = await inWeChat(world, 1);
    const second = await claimed(unlucky);
    for (let n = 1; n <= 5; n++) {
      wechat.failNext(45009, send);
      await sendDue(deps);
      expect(await states(second)).toEqual(["queued 45009"]);
      clock.pass(1);
    }
    clock.pass(12 * 60);
    wechat.failNext(45009, send);
    await sendDue(deps);
    expect(await states(second)).toEqual(["failed 45009"]);
    expect(await left(unlucky)).toBe(1);
  });

  it("in the quiet hours waits for the morning, and does not go out when it is overtaken", async () => {
    clock.set("2026-03-03T22:30:00+08:00");
    const [waits, overtaken] = [await inWeChat(world, 1), await inWeChat(world, 1)];
    const [id, gone] = [await claimed(waits.user), await claimed(overtaken.user)];
    await sendDue(deps);
    expect([await states(id), arrived(waits.openid)]).toEqual([["queued"], []]);
    const reason = "已经有人帮忙了";
    await (await world.as(overtaken.user)).call("POST /api/requests/:id/withdraw", { params: { id: gone }, body: { reason } });
    clock.set("2026-03-04T07:00:00+08:00");
    await sendDue(deps);
    expect([await states(id), await states(gone)]).toEqual([["sent"], ["skipped outdated"]]);
    expect([arrived(waits.openid).length, arrived(overtaken.openid).length]).toEqual([1, 0]);
  }); // prettier-ignore
});

describe("a process that dies", () => {
  it.each<[SendPoint, number]>([
    ["taken", 0],
    ["reserved", 0],
    ["called", 1],
    ["consent-settled", 1],
  ])("at «%s» leaves a message that arrived %d times, and no second one ever", async (point, times) => {
    const { user, openid } = await inWeChat(world, 3);
    const id = await claimed(user);
    const dying = sendDue(deps, (at, { channel }) => {
      if (at === point && channel === "wechat") throw new Crash();
    });
    await expect(dying).rejects.toThrow(Crash);
    await sendDue(other.deps);
    clock.pass(4);
    await giveUpStuck(other.deps);
    clock.pass(60);
    await sendDue(other.deps);
    expect(arrived(openid)).toHaveLength(times);
    expect(await states(id)).toEqual(["unknown"]);
    // A consent that was taken is not used for another message.
    expect(await left(user)).toBe(point === "taken" ? 3 : 2);
  });

  it("a sender that was only asleep writes nothing over what was decided meanwhile", async () => {
    const { user, openid } = await inWeChat(world, 1);
    const id = await claimed(user);
    const [asleep, awake] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const sleeper = sendDue(deps, async (at) => {
      if (at !== "called") return;
      asleep.resolve();
      await awake.promise;
    });
    await asleep.promise;
    clock.pass(4);
    await giveUpStuck(other.deps);
    awake.resolve();
    await sleeper;
    expect(await states(id)).toEqual(["unknown"]);
    expect(arrived(openid)).toHaveLength(1);
    expect(await left(user)).toBe(0);
  });
});

describe("two processes at work at once", () => {
  it("send each message once, and make each notice once", { timeout: 60_000 }, async () => {
    const people = await Promise.all(Array.from({ length: 12 }, () => inWeChat(world, 2)));
    const cadre = await world.as(await world.cadre());
    const file = async ({ user }: { user: User }): Promise<string> => {
      const { id } = (await (await world.as(user)).call("POST /api/requests", { body: submission() })).ok;
      await cadre.call("POST /api/requests/:id/claim", { params: { id } });
      return id;
    };
    let working = true;
    const work = [world, other].map(async (host) => {
      while (working) {
        // One process's lease expires repeatedly, so that both relay and both consume.
        leaseClock.pass(1);
        await host.relay.pass();
        await sendDue(host.deps);
      }
    });
    const ids = await Promise.all(people.flatMap((person) => [file(person), file(person)])).finally(() => {
      working = false;
    });
    await Promise.all(work);
    leaseClock.pass(1);
    await world.relay.drain();
    await sendDue(deps);
    for (const { user, openid } of people) {
      expect(arrived(openid).map(({ page }) => page)).toHaveLength(2);
      expect(new Set(arrived(openid).map(({ page }) => page)).size).toBe(2);
      expect(await left(user)).toBe(0);
      const inbox = await deps.store.notices.list([user.id], 100);
      expect(inbox.items.filter(({ type }) => type === "request.claimed")).toHaveLength(2);
    }
    for (const id of ids) expect(await states(id)).toEqual(["sent"]);
  });
});
