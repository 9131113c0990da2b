import { describe, expect, it } from "vitest";
import { demoAccounts } from "../../../server/demo/accounts.ts";
import {
  type DemoPerson,
  cadres,
  cadresOf,
  demoPassword,
  office,
  partners,
  residents,
} from "../../../server/demo/people.ts";
import { planRequests } from "../../../server/demo/plan.ts";
import { communities } from "../../../server/demo/places.ts";
import { seedDemo } from "../../../server/demo/seed.ts";
import { addDays, dayOf, openSpans } from "../../../server/core/domain/community/calendar.ts";
import { replayDeadlines } from "../../../server/core/domain/requests/replay.ts";
import { statuses } from "../../../server/core/domain/requests/request.ts";
import { createMemoryAnchors } from "../../../server/log/anchors.ts";
import { ownSteps } from "../../../server/log/own-steps.ts";
import { verifyLog } from "../../../server/log/verify-log.ts";
import { idFromKey } from "../../../server/kernel/ids.ts";
import { readRow } from "../../../server/log/read-row.ts";
import { openWorld } from "../../support/world.ts";

const anchors = createMemoryAnchors();
const world = await openWorld({ anchors });
const { deps, clock, relay } = world;
const silent = (): void => undefined;
const settle = (): Promise<void> => relay.drain();

const personOf = async (person?: DemoPerson) =>
  (await deps.store.users.find(idFromKey(`demo-user:${person?.phone}`))) ?? expect.fail("no such person");

describe("the demo data", () => {
  it("continues after an interruption, and is then complete and without duplicates", { timeout: 120_000 }, async () => {
    let days = 0;
    const dying = async (): Promise<void> => {
      if (++days === 20) throw new Error("crash");
    };
    await expect(seedDemo(deps, clock.now(), silent, dying)).rejects.toThrow("crash");
    await seedDemo(deps, new Date(clock.now().getTime() + 60_000), silent, settle);
    const count = async () => {
      const found = new Map<string, number>();
      const times: number[] = [];
      for (const communityId of ["xiziwan", "kangcheng"]) {
        for (let cursor: string | undefined, more = true; more;) {
          const page = await deps.store.requests.list({ communityIds: [communityId] }, 100, cursor);
          for (const { status, submittedAt } of page.items) {
            found.set(status, (found.get(status) ?? 0) + 1);
            times.push(submittedAt.getTime());
          }
          cursor = page.nextCursor ?? undefined;
          more = cursor !== undefined;
        }
      }
      return { found, times };
    };
    const { found, times } = await count();
    const total = times.length;
    // Twelve more: requests filed for others, three transferred ones, and those with co-handling tasks.
    expect(total).toBe(planRequests(clock.now(), deps.holidays).length + 12);
    expect(total).toBeGreaterThanOrEqual(380);
    expect([...found.keys()].toSorted()).toEqual([...statuses].toSorted());
    expect((Math.max(...times) - Math.min(...times)) / 86_400_000).toBeGreaterThan(57);
    expect(Math.max(...times)).toBeLessThanOrEqual(clock.now().getTime());
    await seedDemo(deps, clock.now(), silent, settle);
    expect((await count()).times).toHaveLength(total);
    expect((await verifyLog(deps.store, deps.keys, anchors)).faults).toEqual([]);
  });

  it("has in each request the deadlines that its log gives", async () => {
    const calendar = deps.holidays;
    for (const { id: communityId, services, workingHours } of communities) {
      const rows = await deps.store.log.after(communityId, 0, 20_000);
      const requestEvents = Map.groupBy(
        rows.filter(({ requestId, type }) => requestId && !/message|noted/.test(type)),
        ({ requestId }) => requestId!,
      );
      expect(requestEvents.size).toBeGreaterThan(100);
      for (const [id, here] of requestEvents) {
        const { request } = (await deps.store.requests.load(id))!;
        if (request.communityId !== communityId) continue;
        // The log before a transfer is in the former community's chain.
        const ofRequest = request.transfer.formerCommunityIds.length ? await deps.store.log.ofRequest(id) : here;
        const service = services.find(({ serviceCode }) => serviceCode === request.serviceCode)!;
        const replayed = replayDeadlines(ownSteps(ofRequest), () => ({
          service,
          office: (day) => openSpans(calendar, workingHours, day),
        }));
        expect(replayed, request.no).toEqual({
          respondBy: request.clocks.respondBy,
          resolveBy: request.clocks.resolveBy,
        });
      }
      // The escalations ran on time: reminders, overdue, supervision, time requests.
      const types = new Set(rows.map(({ type }) => type));
      for (const type of ["request.reminded", "request.overdue", "request.supervised"]) expect(types).toContain(type);
      const late = rows
        .filter(({ type }) => type === "request.overdue")
        .map((row) => row.at.getTime() - Date.parse(String(readRow(row).data["dueAt"])));
      expect(Math.max(...late)).toBe(0);
    }
  });

  it("has cadres at work only while they are on duty, but for the last week", async () => {
    // Requests of the last week have times relative to now, at any hour, so only earlier days are checked.
    const days = [10, 14, 18, 25, 31, 40, 47, 55].map((ago) => addDays(dayOf(clock.now()), -ago));
    let passingWordCheck = 0;
    for (const { id } of communities) {
      const clerk = await world.as(await personOf(office.find(({ membership }) => membership?.communityIds[0] === id)));
      for (const cadre of cadresOf(id)) {
        const { id: cadreId } = await personOf(cadres[cadre]);
        for (const day of days) {
          const asked = { params: { id }, query: { cadreId, day } };
          const { duties, rows } = (await clerk.call("GET /api/communities/:id/duty-proof", asked)).ok;
          for (const { at, type, onDuty } of rows) expect({ at, type, onDuty, duties }).toMatchObject({ onDuty: true });
          passingWordCheck += rows.length;
        }
      }
    }
    expect(passingWordCheck).toBeGreaterThan(150);
  });

  it("has twelve cadres, sixty residents, five partners, and no two with one name or phone", () => {
    expect([cadres.length, residents.length, partners.length]).toEqual([12, 60, 5]);
    const people = [...cadres, ...residents, ...partners];
    expect(new Set(people.map(({ name }) => name)).size).toBe(people.length);
    expect(new Set(people.map(({ phone }) => phone)).size).toBe(people.length);
  });

  it("keeps no phone readable", async () => {
    const dump = JSON.stringify(await world.dump());
    for (const { phone } of [...residents, ...cadres]) expect(dump).not.toContain(phone);
  });

  it("has the log in order of time", async () => {
    const rows = await deps.store.log.after("xiziwan", 0, 5_000);
    const times = rows.map(({ at }) => at.getTime());
    // Rows are in order of days, except for the day on which the simulated crash left events unrelayed.
    const days = times.slice(400).map((at) => Math.floor(at / 86_400_000));
    expect(days).toEqual(days.toSorted((a, b) => a - b));
  });

  it.each(demoAccounts())("lets $title $name in", async ({ role, name, phone, account, password }) => {
    const anyone = await world.as(null);
    if (account && password) {
      expect(password).toBe(demoPassword);
      const { user } = (await anyone.call("POST /api/auth/password", { body: { account, password } })).ok;
      expect(user).toMatchObject({ name, actingAs: { role } });
      return;
    }
    const code = (await anyone.call("POST /api/auth/otp", { body: { phone: phone! } })).ok.demoCode!;
    const { user } = (await anyone.call("POST /api/auth/otp/verify", { body: { phone: phone!, code } })).ok;
    expect(user).toMatchObject({ name, actingAs: { role } });
  });

  it("has people on duty now, and work that waits", async () => {
    const anyone = await world.as(null);
    expect((await anyone.call("GET /api/communities/:id/duty", { params: { id: "xiziwan" } })).ok.items).toHaveLength(
      3,
    );
    expect((await deps.store.requests.queue(["xiziwan"], 50)).items.length).toBeGreaterThanOrEqual(5);
  });
});
