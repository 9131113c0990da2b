import type { Api } from "./api.ts";
import { submission } from "./requests.ts";
import type { World } from "./world.ts";

/** Creates a resident, a handler, a clerk, and one member each of two organizations of `east`. */
export async function neighbourhood(world: World) {
  const [resident, cadre, clerk] = [await world.resident(), await world.cadre(), await world.staff("committee")];
  const [first, second] = [await world.staff("partner"), await world.staff("partner")];
  const nameOf = (user: typeof first): string => user.memberships[0]!.organizationName!;
  const [mine, his, desk] = [await world.as(resident), await world.as(cadre), await world.as(clerk)];
  const [property, police] = [await world.as(first), await world.as(second)];

  /** Files and claims a request, with the first contact made. Returns its id. */
  async function handled(description = "六楼楼道灯不亮"): Promise<string> {
    const [startedAt, until] = [world.clock.now(), new Date(world.clock.now().getTime() + 3_600_000)];
    await world.deps.store.users.update(cadre.id, { duty: { communityId: "east", startedAt, until } });
    const id = (await mine.call("POST /api/requests", { body: submission({ description }) })).ok.id;
    await his.call("POST /api/requests/:id/claim", { params: { id } });
    await his.call("POST /api/requests/:id/first-contact", { params: { id }, body: { note: "已电话联系" } });
    return id;
  }

  const ask = (
    id: string,
    over: { organization?: string; text?: string; hours?: number; key?: string; by?: Api } = {},
  ) => {
    const { organization = nameOf(first), text = "请换楼道灯", hours = 8, key, by = his } = over;
    const input = { params: { id }, body: { organization, text, hours } };
    return by.call("POST /api/requests/:id/ask-organization", key ? { ...input, key } : input);
  };

  /** Creates a request with one task for the first organization. */
  async function asked(description?: string) {
    const requestId = await handled(description);
    await ask(requestId);
    world.clock.pass(1);
    const [task] = await world.deps.coTasks.ofRequest(requestId);
    return { requestId, taskId: task!.id };
  }

  const resolve = (id: string) =>
    his.call("POST /api/requests/:id/resolve", { params: { id }, body: { result: "灯换好了" } });

  return {
    ...{ resident, cadre, clerk, first, second, mine, his, desk, property, police },
    organization: nameOf(first),
    other: nameOf(second),
    ...{ handled, ask, asked, resolve },
    load: async (id: string) => (await world.deps.store.requests.load(id))!.request,
    task: async (id: string) => (await world.deps.coTasks.load(id))!.value,
  };
}
