import { describe, expect, it } from "vitest";
import { taskFromEvent } from "../../../server/modules/co-handling/domain/co-task.ts";
import { readRow } from "../../../server/log/read-row.ts";
import { termsOf } from "../../../server/core/usecases/requests/take-step.ts";
import { runDueTaskEscalations } from "../../../server/modules/co-handling/usecases/run-due-task-escalations.ts";
import { verifyLog } from "../../../server/log/verify-log.ts";
import { createMemoryAnchors } from "../../../server/log/anchors.ts";
import { neighbourhood } from "../../support/co-handling.ts";
import { phonePhoto } from "../../support/photos.ts";
import { openWorld } from "../../support/world.ts";

const anchors = createMemoryAnchors();
const world = await openWorld({ anchors });
const { deps, relay, clock } = world;
const here = await neighbourhood(world);
const { his, mine, desk, property, police, organization, other, ask, asked, handled, resolve, load, task } = here;

const stagePhoto = async (ownerId: string): Promise<string> =>
  (await deps.files.stage(ownerId, await phonePhoto(), clock.now())).id;
/** The whole inbox, because notices of one moment are ordered by id, and other open tasks escalate at the same time. */
async function inbox(api: typeof his): Promise<string[]> {
  const texts: string[] = [];
  for (let cursor: string | undefined; ;) {
    const { items, nextCursor } = (await api.call("GET /api/inbox", { query: { limit: 100, cursor } })).ok;
    texts.push(...items.map(({ text }) => text));
    if (!nextCursor) return texts;
    cursor = nextCursor;
  }
}
const detail = async (api: typeof his, id: string) => (await api.call("GET /api/requests/:id", { params: { id } })).ok;

describe("a part of a request, asked of an organization", () => {
  it("is accepted, notified and done, and only then can the request be resolved; the log names the organization", async () => {
    const { requestId, taskId } = await asked();
    const params = { id: taskId };
    expect((await resolve(requestId)).code).toBe("request.tasks_open");
    expect(await detail(his, requestId)).toMatchObject({
      openTasks: 1,
      tasks: [{ organization, state: "asked", text: "请换楼道灯", abilities: ["withdraw"] }],
    });

    expect((await property.call("POST /api/co-tasks/:id/accept", { params })).ok).toMatchObject({
      state: "accepted",
      abilities: ["progress", "finish"],
    });
    clock.pass(30);
    await property.call("POST /api/co-tasks/:id/progress", { params, body: { text: "灯座要换，配件已订" } });
    expect((await resolve(requestId)).code).toBe("request.tasks_open");
    clock.pass(30);
    const done = await property.call("POST /api/co-tasks/:id/finish", { params, body: { result: "换好，试过三次" } });
    expect(done.ok).toMatchObject({ state: "done", abilities: [], result: { text: "换好，试过三次" } });

    expect(await load(requestId)).toMatchObject({ handling: { openTasks: [], coHandlers: [organization] } });
    expect((await resolve(requestId)).ok.status).toBe("resolved");
    await relay.drain();
    const rows = (await desk.call("GET /api/log", { query: { requestId } })).ok.items;
    expect(rows.map(({ type }) => type)).toEqual([
      "request.submitted", "request.claimed", "request.contacted", "request.organization_asked", "task.accepted",
      "task.noted", "task.done", "request.task_ended", "request.resolved",
    ]); // prettier-ignore
    expect(rows.at(-1)?.data).toMatchObject({ organizations: [organization] });
  });

  it("is refused with a reason that the handler and the committee read", async () => {
    const { requestId, taskId } = await asked();
    const body = { reason: "楼道灯归电力公司" };
    await property.call("POST /api/co-tasks/:id/refuse", { params: { id: taskId }, body });
    for (const api of [his, desk]) {
      expect((await detail(api, requestId)).tasks).toMatchObject([
        { organization, state: "refused", reason: "楼道灯归电力公司", endedBy: here.first.name },
      ]);
    }
    expect((await resolve(requestId)).ok.status).toBe("resolved");
    expect((await load(requestId)).handling.coHandlers).toEqual([]);
    await relay.drain();
    const { requestNo } = await detail(desk, requestId);
    expect((await inbox(his)).some((text) => text.includes("没有接") && text.includes(requestNo))).toBe(true);
    expect((await inbox(desk)).some((text) => text.includes("没有接") && text.includes(requestNo))).toBe(true);
  });

  it("may be one of several: each proceeds on its own, and the request waits for all", async () => {
    const requestId = await handled();
    await ask(requestId, { hours: 4 });
    clock.pass(1);
    await ask(requestId, { organization: other, text: "请到场看秩序", hours: 16 });
    const [first, second] = await deps.coTasks.ofRequest(requestId);
    expect(first!.resolveBy < second!.resolveBy).toBe(true);
    await property.call("POST /api/co-tasks/:id/refuse", { params: { id: first!.id }, body: { reason: "人手不够" } });
    expect((await resolve(requestId)).code).toBe("request.tasks_open");
    await police.call("POST /api/co-tasks/:id/accept", { params: { id: second!.id } });
    await police.call("POST /api/co-tasks/:id/finish", { params: { id: second!.id }, body: { result: "已到场" } });
    expect((await resolve(requestId)).ok.status).toBe("resolved");
  });

  it("is reassigned by the committee: withdrawn here, asked there, once", async () => {
    const { requestId, taskId } = await asked();
    const move = () =>
      desk.call("POST /api/co-tasks/:id/reassign", {
        params: { id: taskId },
        body: { organization: other },
        key: `move-${taskId}`,
      });
    expect((await move()).ok).toMatchObject({ state: "withdrawn", reason: `改请${other}协办` });
    expect((await move()).ok).toMatchObject({ state: "withdrawn" });
    const tasks = await deps.coTasks.ofRequest(requestId);
    expect(tasks.map((each) => [each.organization, each.state])).toEqual([
      [organization, "withdrawn"],
      [other, "asked"],
    ]);
    expect(tasks[1]).toMatchObject({ text: tasks[0]!.text, hours: tasks[0]!.hours });
    expect((await load(requestId)).handling.openTasks).toEqual([tasks[1]!.id]);
  });

  it("is unchanged when it cannot be reassigned: while its request is in the queue, or to an organization without users", async () => {
    const { requestId, taskId } = await asked();
    const move = async (to: string) =>
      (await desk.call("POST /api/co-tasks/:id/reassign", { params: { id: taskId }, body: { organization: to } })).code;
    expect(await move("没有这家")).toBe("organization.unknown");
    const body = { code: "shift-ends" as const, reason: "下班了" };
    await his.call("POST /api/requests/:id/release", { params: { id: requestId }, body });
    expect(await move(other)).toBe("request.state_conflict");
    expect(await task(taskId)).toMatchObject({ state: "asked", version: 1 });
    expect((await load(requestId)).handling.openTasks).toEqual([taskId]);
    await his.call("POST /api/requests/:id/claim", { params: { id: requestId } });
    expect(await move(other)).toBeNull();
  });

  it("is asked once, however often the call is repeated", async () => {
    const requestId = await handled();
    const sent = await Promise.all(Array.from({ length: 12 }, () => ask(requestId, { key: "ask-the-property" })));
    expect(sent.map(({ code }) => code)).toEqual(Array.from({ length: 12 }, () => null));
    expect(await deps.coTasks.ofRequest(requestId)).toHaveLength(1);
    const reused = await ask(requestId, { key: "ask-the-property", text: "别的事" });
    expect(reused.code).toBe("idempotency.key_reused");
  });

  it("cannot be asked of an organization without users, nor for a request without a handler", async () => {
    expect((await ask(await handled(), { organization: "没有这家" })).code).toBe("organization.unknown");
    const { requestId } = await asked();
    await his.call("POST /api/requests/:id/reject", { params: { id: requestId }, body: { reason: "重复" } });
    expect((await ask(requestId)).code).toBe("request.state_conflict");
  });

  it("is one of at most ten open tasks", async () => {
    const requestId = await handled();
    for (let n = 0; n < 10; n++) expect((await ask(requestId)).code).toBeNull();
    expect((await ask(requestId)).code).toBe("request.state_conflict");
    // The task that is taken away makes room for the other.
    const params = { id: (await deps.coTasks.ofRequest(requestId))[0]!.id };
    const moved = await desk.call("POST /api/co-tasks/:id/reassign", { params, body: { organization: other } });
    expect(moved.code).toBeNull();
  });

  it("ends with the request when the resident withdraws it", async () => {
    const { requestId, taskId } = await asked();
    await mine.call("POST /api/requests/:id/withdraw", { params: { id: requestId }, body: { reason: "修好了" } });
    await relay.drain();
    expect(await task(taskId)).toMatchObject({ state: "withdrawn", nextAt: null });
    expect((await load(requestId)).handling.openTasks).toEqual([]);
    const refused = await property.call("POST /api/co-tasks/:id/accept", { params: { id: taskId } });
    expect(refused.code).toBe("task.state_conflict");
  });

  it("is not counted for a rework: its organization is not named in the next result", async () => {
    const { requestId, taskId } = await asked();
    await property.call("POST /api/co-tasks/:id/accept", { params: { id: taskId } });
    await property.call("POST /api/co-tasks/:id/finish", { params: { id: taskId }, body: { result: "换好" } });
    await resolve(requestId);
    const scores = { response: 3, attitude: 3, result: 1 };
    await mine.call("POST /api/requests/:id/rate", {
      params: { id: requestId },
      body: { outcome: "unsolved", scores },
    });
    expect((await load(requestId)).handling.coHandlers).toEqual([]);
  });

  it("shows pictures of progress and result to the handler, also after a sweep a day later", async () => {
    const { requestId, taskId } = await asked();
    await property.call("POST /api/co-tasks/:id/accept", { params: { id: taskId } });
    const [during, at] = [await stagePhoto(here.first.id), await stagePhoto(here.first.id)];
    const params = { id: taskId };
    await property.call("POST /api/co-tasks/:id/progress", { params, body: { text: "拆下了", fileIds: [during] } });
    await property.call("POST /api/co-tasks/:id/finish", { params, body: { result: "装好了", fileIds: [at] } });
    const foreign = await stagePhoto(here.cadre.id);
    const { taskId: next } = await asked();
    await property.call("POST /api/co-tasks/:id/accept", { params: { id: next } });
    const body = { text: "别人的照片", fileIds: [foreign] };
    expect((await property.call("POST /api/co-tasks/:id/progress", { params: { id: next }, body })).code).toBe(
      "file.not_yours",
    );
    const { tasks } = await detail(his, requestId);
    expect([tasks[0]!.progress[0]!.files[0]!.id, tasks[0]!.result!.files[0]!.id]).toEqual([during, at]);
    for (const fileId of [during, at]) expect(await deps.coTasks.shows(taskId, fileId)).toBe(true);
    expect(await deps.coTasks.shows(taskId, foreign)).toBe(false);
  });
});

describe("the escalations of a task", () => {
  it("remind the organization, then notify handler and committee, each once, even when several processes escalate", async () => {
    const { taskId, requestId } = await asked();
    clock.pass(24 * 60);
    await Promise.all(Array.from({ length: 8 }, () => runDueTaskEscalations(deps)));
    await runDueTaskEscalations(deps);
    await relay.drain();
    const rows = (await deps.store.log.ofRequest(requestId)).filter(({ type }) => type.startsWith("task."));
    expect(rows.filter(({ actorRole }) => actorRole === "system").map(({ type }) => type)).toEqual([
      "task.reminded", "task.reminded", "task.overdue", "task.supervised",
      "task.reminded", "task.reminded", "task.overdue", "task.supervised",
    ]); // prettier-ignore
    expect(await task(taskId)).toMatchObject({ nextAt: null, escalation: { level: "supervised" } });
    const { requestNo } = await detail(desk, requestId);
    const late = (texts: string[], say: string) => texts.filter((t) => t.includes(requestNo) && t.includes(say)).length;
    expect(late(await inbox(property), "快到了")).toBe(4);
    expect(late(await inbox(his), "已超过时限")).toBe(2);
    expect(late(await inbox(desk), "严重超时")).toBe(2);
  });

  it("do nothing for an ended task", async () => {
    const { taskId, requestId } = await asked();
    await his.call("POST /api/co-tasks/:id/withdraw", { params: { id: taskId }, body: { reason: "已经亮了" } });
    clock.pass(10_000);
    await runDueTaskEscalations(deps);
    await relay.drain();
    const types = (await deps.store.log.ofRequest(requestId)).map(({ type }) => type);
    expect(types.filter((type) => type === "task.reminded")).toEqual([]);
  });
});

describe("the pages of a clerk", () => {
  it("each organization has its figures", async () => {
    const fresh = await openOrganization();
    const { items } = (await desk.call("GET /api/organizations")).ok;
    expect(items.find((row) => row.organization === fresh)).toEqual({
      ...{ communityId: "east", communityName: expect.any(String) as string, organization: fresh, people: 1 },
      ...{ asked: 4, open: 1, done: 2, refused: 1, late: 0, responseHours: 1, doneHours: 3 },
    });
  });

  it("the tasks of an organization are listed by state", async () => {
    const { items } = (await desk.call("GET /api/co-tasks", { query: { organization, scope: "ended" } })).ok;
    expect(items.length).toBeGreaterThan(3);
    expect(new Set(items.map((each) => each.organization))).toEqual(new Set([organization]));
    expect(items.every(({ state }) => state !== "asked" && state !== "accepted")).toBe(true);
  });

  async function openOrganization(): Promise<string> {
    const user = await world.staff("partner");
    const theirs = await world.as(user);
    const name = user.memberships[0]!.organizationName!;
    const make = async () => {
      const requestId = await handled();
      await ask(requestId, { organization: name, hours: 8 });
      return { id: (await deps.coTasks.ofRequest(requestId))[0]!.id };
    };
    const [one, two, three] = [await make(), await make(), await make()];
    await make();
    clock.pass(60);
    for (const params of [one, two]) await theirs.call("POST /api/co-tasks/:id/accept", { params });
    await theirs.call("POST /api/co-tasks/:id/refuse", { params: three, body: { reason: "不归我们" } });
    clock.pass(60);
    await theirs.call("POST /api/co-tasks/:id/finish", { params: one, body: { result: "好了" } });
    clock.pass(120);
    await theirs.call("POST /api/co-tasks/:id/finish", { params: two, body: { result: "好了" } });
    return name;
  }
});

it("each task has the deadlines that the log gives", async () => {
  await relay.drain();
  const rows = (await deps.store.log.after("east", 0, 5_000)).filter(
    ({ type }) => type === "request.organization_asked",
  );
  expect(rows.length).toBeGreaterThan(20);
  for (const row of rows) {
    const { service, office } = await termsOf(deps, { communityId: row.communityId, serviceCode: row.serviceCode! });
    const replayed = taskFromEvent({ ...row, ...readRow(row) }, service, office);
    const { respondBy, resolveBy, askedAt } = await task(replayed.id);
    expect({ respondBy, resolveBy, askedAt }).toEqual({
      respondBy: replayed.respondBy,
      resolveBy: replayed.resolveBy,
      askedAt: replayed.askedAt,
    });
  }
});

it("all of it is in a log that verifies", async () => {
  await relay.drain();
  const report = await verifyLog(deps.store, deps.keys, anchors);
  expect(report.faults).toEqual([]);
  expect(report.rows).toBeGreaterThan(100);
});
