import { describe, expect, it } from "vitest";
import { openTaskStates } from "../../../server/modules/co-handling/domain/co-task.ts";
import { toActor } from "../../../server/core/domain/accounts/user.ts";
import type { Deps } from "../../../server/deps.ts";
import { askOrganization, reassignTask } from "../../../server/modules/co-handling/usecases/ask-organization.ts";
import { takeTaskStep } from "../../../server/modules/co-handling/usecases/take-task-step.ts";
import { neighbourhood } from "../../support/co-handling.ts";
import { openWorld } from "../../support/world.ts";

const world = await openWorld();
const { deps, relay } = world;
const here = await neighbourhood(world);
const { his, property, mine, organization, ask, asked, handled, resolve, load, task } = here;

/** Expects that the request lists exactly the open tasks. */
async function agrees(requestId: string): Promise<void> {
  const open = (await deps.coTasks.ofRequest(requestId)).filter(({ state }) => openTaskStates.includes(state));
  expect((await load(requestId)).handling.openTasks.toSorted()).toEqual(open.map(({ id }) => id).toSorted());
}

describe("at the same time", () => {
  it("a result and a new task: either the request is resolved without the task, or it waits for it", async () => {
    const seen = new Set<string>();
    for (let n = 0; n < 12; n++) {
      const id = await handled();
      const [done, wanted] = await Promise.all(
        n % 2
          ? [resolve(id), ask(id)]
          : ([ask(id), resolve(id)].toReversed() as [ReturnType<typeof resolve>, ReturnType<typeof ask>]),
      );
      const { status, handling } = await load(id);
      expect([done.code, wanted.code].filter((code) => code === null)).toHaveLength(1);
      if (done.code === null)
        expect([status, wanted.code, handling.openTasks]).toEqual(["resolved", "request.state_conflict", []]);
      else expect([status, done.code, handling.openTasks.length]).toEqual(["handling", "request.tasks_open", 1]);
      await agrees(id);
      seen.add(status);
    }
    expect(seen.size).toBeGreaterThan(0);
  });

  it("accepted and withdrawn: one after the other or the first not at all, and it ends withdrawn", async () => {
    for (let n = 0; n < 12; n++) {
      const { requestId, taskId } = await asked();
      const params = { id: taskId };
      const [accepted, withdrawn] = await Promise.all([
        property.call("POST /api/co-tasks/:id/accept", { params }),
        his.call("POST /api/co-tasks/:id/withdraw", { params, body: { reason: "好了" } }),
      ]);
      expect(withdrawn.code).toBeNull();
      expect([null, "task.state_conflict"]).toContain(accepted.code);
      expect(await task(taskId)).toMatchObject({ state: "withdrawn", version: accepted.code === null ? 3 : 2 });
      await agrees(requestId);
    }
  });

  it("finishing and withdrawing: exactly one succeeds", async () => {
    for (let n = 0; n < 8; n++) {
      const { requestId, taskId } = await asked();
      const params = { id: taskId };
      await property.call("POST /api/co-tasks/:id/accept", { params });
      const codes = await Promise.all([
        property.call("POST /api/co-tasks/:id/finish", { params, body: { result: "换好" } }),
        his.call("POST /api/co-tasks/:id/withdraw", { params, body: { reason: "好了" } }),
      ]);
      expect(codes.map(({ code }) => code).filter((code) => code === null)).toHaveLength(1);
      const { coHandlers } = (await load(requestId)).handling;
      expect(coHandlers).toEqual(codes[0].code === null ? [organization] : []);
      await agrees(requestId);
    }
  });

  it("two of the organization's people accept: one does, the other gets a conflict", async () => {
    const { taskId } = await asked();
    const answers = await Promise.all(
      [1, 2].map(() => property.call("POST /api/co-tasks/:id/accept", { params: { id: taskId } })),
    );
    const codes = answers.map(({ code }) => code);
    expect(codes.filter((code) => code === null)).toHaveLength(1);
    expect(codes).toContain("task.state_conflict");
    expect((await task(taskId)).version).toBe(2);
  });

  it("eight tasks end at once: each is removed from the request", async () => {
    const id = await handled();
    for (let n = 0; n < 8; n++) await ask(id, { text: `第 ${n} 件` });
    const tasks = await deps.coTasks.ofRequest(id);
    await Promise.all(
      tasks.map((each) =>
        property.call("POST /api/co-tasks/:id/refuse", { params: { id: each.id }, body: { reason: "没人" } }),
      ),
    );
    // The request was too contended to update; the consumer repairs it.
    await relay.drain();
    expect((await load(id)).handling.openTasks).toEqual([]);
    expect((await resolve(id)).ok.status).toBe("resolved");
  });

  it("a withdrawal by the resident and a new task: no task stays open", async () => {
    for (let n = 0; n < 8; n++) {
      const id = await handled();
      await Promise.all([
        ask(id),
        mine.call("POST /api/requests/:id/withdraw", { params: { id }, body: { reason: "不用了" } }),
      ]);
      await relay.drain();
      await agrees(id);
      expect((await load(id)).handling.openTasks).toEqual([]);
    }
  });
});

/** Dependencies of a process that dies when it writes one of the two documents. */
function dying(at: "task" | "request"): Deps {
  const died = (): never => {
    throw new Error("the machine died");
  };
  const { coTasks, store } = deps;
  if (at === "task") return { ...deps, coTasks: { ...coTasks, insert: died } };
  return { ...deps, store: { ...store, requests: { ...store.requests, saveStep: died } } };
}

describe("a process that dies between the two writes", () => {
  it("after the request's write: the request cannot be resolved, and the task is created from the log, with the same content", async () => {
    const id = await handled();
    const asking = { actor: toActor(here.cadre), idempotency: null };
    const wanted = { organization, text: "请换楼道灯", hours: 8 };
    await expect(askOrganization(dying("task"), asking, id, wanted)).rejects.toThrow("died");
    expect(await deps.coTasks.ofRequest(id)).toEqual([]);
    expect((await resolve(id)).code).toBe("request.tasks_open");
    const { openTasks } = (await load(id)).handling;
    world.clock.pass(7);
    await relay.drain();
    const [made] = await deps.coTasks.ofRequest(id);
    expect(made).toMatchObject({ id: openTasks[0], state: "asked", organization, text: "请换楼道灯" });
    // The task is created seven minutes late, but its clock counts from the time of the request.
    const { at } = (await deps.store.log.ofRequest(id)).find(({ type }) => type === "request.organization_asked")!;
    expect(made!.askedAt).toEqual(at);
    expect((await property.call("POST /api/co-tasks/:id/accept", { params: { id: made!.id } })).ok.state).toBe(
      "accepted",
    );
  });

  it("after the request's write, and the call is repeated: there is one task", async () => {
    const id = await handled();
    const asking = { actor: toActor(here.cadre), idempotency: { key: "again-and-again", bodyHash: "b" } };
    const wanted = { organization, text: "请换楼道灯", hours: 8 };
    await expect(askOrganization(dying("task"), asking, id, wanted)).rejects.toThrow("died");
    await askOrganization(deps, asking, id, wanted);
    await relay.drain();
    await askOrganization(deps, asking, id, wanted);
    expect(await deps.coTasks.ofRequest(id)).toHaveLength(1);
    await agrees(id);
  });

  it("during a reassignment, and the call is repeated: the other organization is asked once", async () => {
    const { requestId, taskId } = await asked();
    const asking = { actor: toActor(here.clerk), idempotency: { key: "to-the-other", bodyHash: "b" } };
    await expect(reassignTask(dying("request"), asking, taskId, here.other)).rejects.toThrow("died");
    expect((await task(taskId)).state).toBe("withdrawn");
    for (let n = 0; n < 2; n++) await reassignTask(deps, asking, taskId, here.other);
    const tasks = await deps.coTasks.ofRequest(requestId);
    expect(tasks.map((each) => [each.organization, each.state])).toEqual([
      [organization, "withdrawn"],
      [here.other, "asked"],
    ]);
    await agrees(requestId);
  });

  it("after the task's write: its end is stored, and the consumer removes it from the request, once", async () => {
    const { requestId, taskId } = await asked();
    await property.call("POST /api/co-tasks/:id/accept", { params: { id: taskId } });
    const asking = { actor: toActor(here.first), idempotency: null };
    const input = { result: "换好了", fileIds: [] };
    await expect(takeTaskStep(dying("request"), asking, taskId, "finish", input)).rejects.toThrow("died");
    expect((await task(taskId)).state).toBe("done");
    expect((await resolve(requestId)).code).toBe("request.tasks_open");
    await relay.drain();
    await relay.drain();
    expect(await load(requestId)).toMatchObject({ handling: { openTasks: [], coHandlers: [organization] } });
    const types = (await deps.store.log.ofRequest(requestId)).map(({ type }) => type);
    expect(types.filter((type) => type === "request.task_ended")).toHaveLength(1);
    expect((await resolve(requestId)).ok.status).toBe("resolved");
  });
});
