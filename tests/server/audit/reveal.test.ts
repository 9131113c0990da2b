import { describe, expect, it } from "vitest";
import type { Input } from "../../../contract/index.ts";
import type { Actor } from "../../../server/kernel/actor.ts";
import { mayReveal } from "../../../server/core/domain/audit/reveal.ts";
import { createKeys, newKeyRing } from "../../../server/adapters/keys/keys.ts";
import { submission } from "../../support/requests.ts";
import { openWorld } from "../../support/world.ts";

/** The decrypted values, in order. */
const opened: string[] = [];
const real = createKeys(newKeyRing());
const keys = {
  ...real,
  open: (...args: Parameters<typeof real.open>) => {
    const plain = real.open(...args);
    opened.push(plain);
    return plain;
  },
};
/** The point at which the relay stops, as in a crash. */
let crash: string | null = null;
const world = await openWorld({
  keys,
  recordTimeoutMs: 2_500,
  probe: (point) => {
    if (point === crash) throw new Error("crashed");
  },
});
const { deps, relay, clock } = world;
relay.start();
const staff = await world.staff("committee");
const clerk = await world.as(staff);
const resident = await world.resident();
const PHONE = real.open(resident.phone!, "phone");
const mine = await world.as(resident);
const request = (await mine.call("POST /api/requests", { body: submission() })).ok;

type Body = Input<"POST /api/reveals">["body"];
const look = (over: Partial<Body> = {}): Body => ({
  ...{ of: "request", id: request.id, field: "phone", reason: "回访打不通，换号码再打" },
  ...over,
});
const rows = async (): Promise<string[]> =>
  (await deps.store.log.list({ communityIds: ["east"], type: "personal.revealed" }, "asc", 100)).items.map(
    ({ payload }) => payload ?? "",
  );

describe("a reveal of a phone number", () => {
  it("returns it once the row with the reason is in the log; the row does not contain it", async () => {
    const before = (await rows()).length;
    const shown = (await clerk.call("POST /api/reveals", { body: look() })).ok;
    expect(shown).toMatchObject({ field: "phone", value: request.contact.phone });
    const after = await rows();
    expect(after).toHaveLength(before + 1);
    expect(after.at(-1)).toContain("回访打不通");
    expect(after.at(-1)).not.toContain(PHONE);
    expect(JSON.stringify(await deps.store.reveals.load(shown.id))).not.toContain(PHONE);
  });

  it("shows the home of a resident in words", async () => {
    const body = look({ of: "resident", id: resident.id, field: "home" });
    expect((await clerk.call("POST /api/reveals", { body })).ok.value).toMatch(/^1号楼1单元1\d\d$/);
  });

  it("requires a reason with content", async () => {
    for (const reason of ["", "看看", "   一    "]) {
      expect((await clerk.call("POST /api/reveals", { body: look({ reason }) })).code).toBe("input.invalid");
    }
  });

  it("repeated after a lost reply writes one row; later, or for another datum, it is refused", async () => {
    const before = (await rows()).length;
    const key = "a-lost-reply";
    const first = (await clerk.call("POST /api/reveals", { body: look(), key })).ok;
    expect((await clerk.call("POST /api/reveals", { body: look(), key })).ok).toEqual(first);
    expect((await rows()).length).toBe(before + 1);
    const other = look({ of: "resident", id: resident.id });
    expect((await clerk.call("POST /api/reveals", { body: other, key })).code).toBe("idempotency.key_reused");
    clock.pass(6);
    expect((await clerk.call("POST /api/reveals", { body: look(), key })).code).toBe("reveal.over");
  });
});

describe("nothing is decrypted", () => {
  it("for the second of two simultaneous reveals with one key, and there is one row", async () => {
    const before = (await rows()).length;
    // Both have read that the key is unused before either writes.
    const met: (() => void)[] = [];
    const { load } = deps.store.reveals;
    deps.store.reveals.load = async (id) => {
      const found = await load(id);
      if (met.length < 2) await new Promise<void>((go) => met.push(go) === 2 && met.forEach((one) => one()));
      return found;
    };
    const looks = [look(), look({ of: "resident", id: resident.id })];
    const key = "two-at-once";
    const answers = await Promise.all(looks.map((body) => clerk.call("POST /api/reveals", { body, key })));
    deps.store.reveals.load = load;
    expect(new Set(answers.map(({ code }) => code))).toEqual(new Set(["idempotency.key_reused", null]));
    expect((await rows()).length).toBe(before + 1);
  });

  it("while the log cannot be written to", async () => {
    const { append } = deps.store.log;
    const before = (await rows()).length;
    deps.store.log.append = async () => {
      throw new Error("the disk is full");
    };
    opened.length = 0;
    const key = "the-log-is-broken";
    const answer = await clerk.call("POST /api/reveals", { body: look(), key });
    expect([answer.status, answer.code]).toEqual([503, "reveal.not_recorded"]);
    expect(JSON.stringify(answer.body)).not.toContain(PHONE);
    expect(opened).not.toContain(request.contact.phone);
    deps.store.log.append = append;
    // The log works again: the same idempotency key gets an answer, and there is one row.
    expect((await clerk.call("POST /api/reveals", { body: look(), key })).ok.value).toBe(request.contact.phone);
    expect((await rows()).length).toBe(before + 1);
  });

  it.each(["collected", "appended", "cleared"])(
    "by a relay that breaks off when it has %s; the row is there exactly once afterwards",
    async (point) => {
      const before = (await rows()).length;
      crash = point;
      opened.length = 0;
      const answer = await clerk.call("POST /api/reveals", { body: look(), key: `crash-${point}` });
      // A value was decrypted exactly if a row was written.
      expect(opened.includes(request.contact.phone)).toBe((await rows()).length > before);
      expect(answer.code).toBe(point === "collected" ? "reveal.not_recorded" : null);
      crash = null;
      await clerk.call("POST /api/reveals", { body: look(), key: `crash-${point}` });
      expect((await rows()).length).toBe(before + 1);
    },
  );
});

describe("the permission to reveal", () => {
  const actor = (role: Actor["role"], over: Partial<Actor> = {}): Actor => ({
    ...{ userId: "u", ids: ["u"], name: "u", role, communityIds: ["east"], dutyUntil: null },
    ...over,
  });
  const now = new Date("2026-11-24T08:00:00Z");
  const onDuty = { dutyUntil: new Date("2026-11-24T12:00:00Z") };
  it.each([
    ["the committee", actor("committee"), true, true],
    ["the committee of another community", actor("committee", { communityIds: ["west"] }), false, false],
    ["the subdistrict, of requests", actor("supervisor"), true, false],
    ["a cadre on duty, of requests", actor("cadre", onDuty), true, false],
    ["a cadre whose duty is over", actor("cadre", { dutyUntil: now }), false, false],
    ["a partner", actor("partner"), false, false],
    ["an operator", actor("admin"), false, false],
    ["a resident", actor("resident"), false, false],
  ])("%s", (_who, who, ofRequest, ofResident) => {
    expect([mayReveal(who, "request", "east", now), mayReveal(who, "resident", "east", now)]).toEqual([
      ofRequest,
      ofResident,
    ]);
  });

  it("is checked before anything is written, also through the API", async () => {
    const before = (await rows()).length;
    const west = await world.as(await world.staff("committee", ["west"]));
    expect((await west.call("POST /api/reveals", { body: look() })).code).toBe("request.unknown");
    const idle = await world.as(await world.cadre("east", { onDuty: false }));
    expect((await idle.call("POST /api/reveals", { body: look() })).code).toBe("auth.forbidden");
    const street = await world.as(await world.staff("supervisor", ["east", "west"]));
    const ofResident = look({ of: "resident", id: resident.id });
    expect((await street.call("POST /api/reveals", { body: ofResident })).code).toBe("auth.forbidden");
    expect((await mine.call("POST /api/reveals", { body: look() })).code).toBe("auth.forbidden");
    expect((await rows()).length).toBe(before);
    expect((await street.call("POST /api/reveals", { body: look() })).ok.value).toBe(request.contact.phone);
  });

  it("does not make it visible to the resident in the timeline or in notices", async () => {
    const seen = [
      await mine.call("GET /api/requests/:id", { params: { id: request.id } }),
      await mine.call("GET /api/inbox"),
    ].map(({ body }) => JSON.stringify(body));
    expect(seen.join("")).not.toContain("revealed");
  });
});

describe("the number of reveals", () => {
  it("is limited by the hour, and the committee sees it for each person", async () => {
    const busy = await world.staff("committee", ["west"]);
    const api = await world.as(busy);
    const other = await world.as(await world.resident("west"));
    const { id } = (await other.call("POST /api/requests", { body: submission({ communityId: "west" }) })).ok;
    const codes: (string | null)[] = [];
    for (let n = 0; n < 32; n++) codes.push((await api.call("POST /api/reveals", { body: look({ id }) })).code);
    expect(codes.filter((code) => code === null)).toHaveLength(30);
    expect(codes.slice(30)).toEqual(["rate.limited", "rate.limited"]);
    clock.pass(61);
    expect((await api.call("POST /api/reveals", { body: look({ id }) })).code).toBeNull();
    const rate = (await api.call("GET /api/reveals/rate")).ok;
    expect(rate).toMatchObject({
      mostPerHour: 30,
      people: [{ id: busy.id, name: busy.name, role: "committee", lastHour: 1, lastDay: 31, busiestHour: 30 }],
    });
    expect((await clerk.call("GET /api/reveals/rate", { query: { communityId: "west" } })).code).toBe("auth.forbidden");
  });
});
