import { describe, expect, it } from "vitest";
import type { User } from "../../../server/core/domain/accounts/user.ts";
import { erasePerson } from "../../../server/core/usecases/accounts/erase-person.ts";
import { neighbourhood } from "../../support/co-handling.ts";
import { openWorld } from "../../support/world.ts";

const world = await openWorld();
const { deps, relay } = world;
const here = await neighbourhood(world);
const { mine, his, desk, property, police, organization, asked, handled, ask, load } = here;

const secret = "钥匙在门口花盆底下";
const phoneOf = async (id: string): Promise<string> => deps.keys.open((await load(id)).content.contact.phone, "phone");
const roomOf = async (id: string): Promise<string> => deps.keys.open((await load(id)).content.place.room, "room");
const read = (api: typeof property, id: string) => api.call("GET /api/co-tasks/:id", { params: { id } });

describe("a partner", () => {
  it("sees the words and the building first, unit, room and phone once it has accepted, and none of them afterwards", async () => {
    const { requestId, taskId } = await asked(`楼道灯不亮，${secret}`);
    const [phone, room] = [await phoneOf(requestId), await roomOf(requestId)];

    const offered = (await read(property, taskId)).ok;
    expect(offered.matter).toMatchObject({
      description: `楼道灯不亮，${secret}`,
      place: { building: "1号楼", unit: "*", room: "*" },
      contact: null,
      files: [],
    });
    expect(JSON.stringify(offered)).not.toContain(phone);

    await property.call("POST /api/co-tasks/:id/accept", { params: { id: taskId } });
    const working = (await read(property, taskId)).ok;
    expect(working.matter).toMatchObject({ place: { unit: "1单元", room }, contact: { phone } });

    await property.call("POST /api/co-tasks/:id/finish", { params: { id: taskId }, body: { result: "好了" } });
    const past = JSON.stringify((await read(property, taskId)).ok);
    for (const gone of [secret, phone, "1单元"]) expect(past).not.toContain(gone);
    expect(past).toContain("请换楼道灯");
  });

  it("sees only the refusal of a task that it has refused", async () => {
    const { taskId } = await asked(secret);
    await property.call("POST /api/co-tasks/:id/refuse", { params: { id: taskId }, body: { reason: "不归我们" } });
    const refused = (await read(property, taskId)).ok;
    expect(refused.matter).toBeNull();
    const list = (await property.call("GET /api/co-tasks", { query: { scope: "ended" } })).body;
    expect(JSON.stringify(list)).not.toContain(secret);
  });

  it("cannot read requests, log, residents or organizations, not even those of its own task", async () => {
    const { requestId, taskId } = await asked(secret);
    await property.call("POST /api/co-tasks/:id/accept", { params: { id: taskId } });
    expect((await property.call("GET /api/requests/:id", { params: { id: requestId } })).code).toBe("request.unknown");
    for (const key of ["GET /api/log", "GET /api/residents", "GET /api/organizations"] as const) {
      expect((await property.call(key)).code).toBe("auth.forbidden");
    }
    const listed = await property.call("GET /api/requests", { query: { scope: "community" } });
    expect(listed.code).toBe("auth.forbidden");
    const text = "您好";
    const message = await property.call("POST /api/requests/:id/message", {
      params: { id: requestId },
      body: { text },
    });
    expect(message.code).toBe("request.unknown");
  });

  it("asks no other organization: only the handler and the committee do", async () => {
    const { requestId } = await asked();
    expect((await ask(requestId, { by: property })).code).toBe("request.unknown");
    expect((await ask(requestId, { by: mine })).code).toBe("request.not_allowed");
    expect((await ask(requestId, { by: desk })).code).toBeNull();
  });
});

const strangers: [string, () => Promise<User>][] = [
  ["another organization", async () => here.second],
  ["an organization of another community", () => world.staff("partner", ["west"])],
  ["a cadre of another community", () => world.cadre("west")],
  ["the committee of another community", () => world.staff("committee", ["west"])],
  ["the subdistrict of another community", () => world.staff("supervisor", ["west"])],
];

describe("a task does not exist", () => {
  it.each(strangers)("for %s: neither to read nor to touch, and it stays as it was", async (_who, make) => {
    const { taskId } = await asked(secret);
    const before = await deps.coTasks.load(taskId);
    const api = await world.as(await make());
    const params = { id: taskId };
    const answers = [
      await read(api, taskId),
      await api.call("POST /api/co-tasks/:id/accept", { params }),
      await api.call("POST /api/co-tasks/:id/refuse", { params, body: { reason: "不要" } }),
      await api.call("POST /api/co-tasks/:id/progress", { params, body: { text: "在办" } }),
      await api.call("POST /api/co-tasks/:id/finish", { params, body: { result: "好了" } }),
      await api.call("POST /api/co-tasks/:id/withdraw", { params, body: { reason: "不要" } }),
      await api.call("POST /api/co-tasks/:id/reassign", { params, body: { organization } }),
    ];
    for (const { code } of answers) expect(["task.unknown", "auth.forbidden"]).toContain(code);
    expect(answers[0]!.code).toBe("task.unknown");
    const listed = await api.call("GET /api/co-tasks", { query: { organization } });
    expect(JSON.stringify(listed.body)).not.toContain(taskId);
    expect(JSON.stringify(listed.body)).not.toContain(secret);
    expect(await deps.coTasks.load(taskId)).toEqual(before);
  });

  it("for a resident", async () => {
    const { taskId } = await asked();
    for (const api of [mine, await world.as(await world.resident())]) {
      expect((await read(api, taskId)).code).toBe("auth.forbidden");
    }
  });

  it("in a community that one has no business with", async () => {
    expect((await property.call("GET /api/co-tasks", { query: { communityId: "west" } })).code).toBe("auth.forbidden");
    expect((await desk.call("GET /api/co-tasks", { query: { communityId: "west" } })).code).toBe("auth.forbidden");
  });

  it("from another organization's list, with any filter", async () => {
    await asked();
    const { items } = (await police.call("GET /api/co-tasks", { query: { organization } })).ok;
    expect(items.filter((each) => each.organization === organization)).toEqual([]);
  });
});

describe("the resident", () => {
  it("learns which organization is at work, and no more", async () => {
    const { requestId, taskId } = await asked();
    const params = { id: taskId };
    const shown = async () => (await mine.call("GET /api/requests/:id", { params: { id: requestId } })).ok;
    const notices = async () => {
      await relay.drain();
      const { items } = (await mine.call("GET /api/inbox")).ok;
      return items.filter((each) => each.requestId === requestId).map(({ text }) => text);
    };
    expect(await shown()).toMatchObject({ coHandlers: [], tasks: [], openTasks: 0 });
    expect(JSON.stringify(await shown())).not.toContain(organization);
    expect((await notices()).join()).not.toContain(organization);

    await property.call("POST /api/co-tasks/:id/accept", { params });
    expect(await shown()).toMatchObject({ coHandlers: [organization], tasks: [], openTasks: 0 });
    expect((await notices()).some((text) => text.includes(`${organization}正在协办`))).toBe(true);

    await property.call("POST /api/co-tasks/:id/progress", { params, body: { text: "配件缺货" } });
    await property.call("POST /api/co-tasks/:id/finish", { params, body: { result: "临时接了线" } });
    const after = await shown();
    expect(after).toMatchObject({ coHandlers: [], tasks: [] });
    for (const told of ["配件缺货", "临时接了线", "请换楼道灯"]) {
      expect(JSON.stringify(after)).not.toContain(told);
      expect((await notices()).join()).not.toContain(told);
    }
    expect(after.timeline.map(({ type }) => type).filter((type) => /task|organization/.test(type))).toEqual([
      "task.accepted",
    ]);
  });

  it("is not told of a refusal", async () => {
    const { requestId, taskId } = await asked();
    await property.call("POST /api/co-tasks/:id/refuse", { params: { id: taskId }, body: { reason: "太远" } });
    await relay.drain();
    expect(JSON.stringify((await mine.call("GET /api/requests/:id", { params: { id: requestId } })).ok)).not.toContain(
      organization,
    );
    const { items } = (await mine.call("GET /api/inbox")).ok;
    expect(items.filter((each) => each.requestId === requestId).some(({ text }) => text.includes(organization))).toBe(
      false,
    );
  });

  it("as a staff member reads no more of it in the log than in the app", async () => {
    const cadre = await world.cadre();
    const own = await world.as(await deps.store.users.update(cadre.id, { actingAs: null }));
    const id = (
      await own.call("POST /api/requests", {
        body: {
          ...{ communityId: "east", serviceCode: "parcel", description: "我家的事" },
          place: { building: "1号楼", unit: "1单元", room: "101" },
          contact: { name: "李强", phone: "13900000009" },
        },
      })
    ).code;
    expect(id).toBe("registration.required");
    const registered = (await deps.store.users.find(here.resident.id))!.registration;
    await deps.store.users.update(cadre.id, { registration: registered });
    const requestId = (
      await own.call("POST /api/requests", {
        body: { communityId: "east", serviceCode: "parcel", description: "我家的事" },
      })
    ).ok.id;
    await his.call("POST /api/requests/:id/claim", { params: { id: requestId } });
    await ask(requestId, { text: "请悄悄看一下" });
    await relay.drain();
    const post = (await deps.store.users.find(cadre.id))!.memberships[0]!.id;
    const acting = await world.as(await deps.store.users.update(cadre.id, { actingAs: post }));
    const log = (await acting.call("GET /api/log", { query: { requestId } })).body;
    expect(JSON.stringify(log)).not.toContain("请悄悄看一下");
    const [task] = await deps.coTasks.ofRequest(requestId);
    expect((await read(acting, task!.id)).code).toBe("task.unknown");
    expect(JSON.stringify((await acting.call("GET /api/co-tasks")).body)).not.toContain("请悄悄看一下");
  });

  it("has the words of the task erased when the account is closed, and the organization's pictures", async () => {
    const gone = await world.resident();
    const api = await world.as(gone);
    const body = { communityId: "east", serviceCode: "parcel", description: secret };
    const requestId = (await api.call("POST /api/requests", { body })).ok.id;
    await his.call("POST /api/requests/:id/claim", { params: { id: requestId } });
    await ask(requestId, { text: `请上门，${secret}` });
    const [task] = await deps.coTasks.ofRequest(requestId);
    await property.call("POST /api/co-tasks/:id/accept", { params: { id: task!.id } });
    await property.call("POST /api/co-tasks/:id/finish", {
      params: { id: task!.id },
      body: { result: `用了${secret}` },
    });
    await erasePerson(deps, [gone.id], world.clock.now());
    const left = (await deps.coTasks.load(task!.id))!.value;
    expect(JSON.stringify(left)).not.toContain(secret);
    expect(left).toMatchObject({ state: "done", organization, text: "" });
  });
});

it("the people of the task's organization are notified, with a link to the task; those of others are not", async () => {
  const { taskId } = await asked();
  await relay.drain();
  const notices = async (api: typeof property) => (await api.call("GET /api/inbox")).ok.items;
  expect((await notices(property)).find((each) => each.taskId === taskId)?.text).toMatch(/请贵单位协办/);
  expect((await notices(police)).filter((each) => each.taskId === taskId)).toEqual([]);
  expect((await notices(his)).every((each) => each.taskId === null)).toBe(true);
  await handled();
});
