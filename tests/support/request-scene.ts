import { dispatchCommunity } from "../../server/core/usecases/requests/dispatch-community.ts";
import { runDueEscalations } from "../../server/core/usecases/requests/run-due-escalations.ts";
import type { User } from "../../server/core/domain/accounts/user.ts";
import type { Api } from "./api.ts";
import { submission } from "./requests.ts";
import type { World } from "./world.ts";

/**
 * Creates requests that together have a value in every field: offered and declined, held, waiting, suspended, with a
 * time
 * request, transferred, overdue, co-handled, handed over, rated, with a callback, reworked, withdrawn, erased. `world`
 * must have the communities `east` and `west`. The result is the same each time except ids, numbers and encrypted data.
 */
export async function playRequestScene(world: World): Promise<void> {
  const { deps, clock } = world;
  const as = async (user: User): Promise<Api> => {
    const api = await world.as(user);
    return {
      async call(key, input) {
        const answer = await api.call(key, input);
        if (answer.code) throw new Error(`${key}: ${answer.code}`);
        return answer;
      },
    };
  };
  const [owner, neighbour, leaver] = [await world.resident(), await world.resident(), await world.resident()];
  const [mine, theirs, hers] = [await as(owner), await as(neighbour), await as(leaver)];
  const desk = await as(await world.staff("committee"));
  const there = await as(await world.staff("committee", ["west"]));
  const unit = await world.staff("partner");
  const at = (hours: number): string => new Date(clock.now().getTime() + hours * 3_600_000).toISOString();
  const file = async (api = mine, over: Parameters<typeof submission>[0] = {}) =>
    (await api.call("POST /api/requests", { body: submission(over) })).ok.id;

  // Nobody is on duty: the committee is notified of one of them, and the other has no offer.
  await file();
  await dispatchCommunity(deps, "east");
  clock.pass(1);
  const cadre = await world.cadre("east", { name: "王敏" });
  const his = await as(cadre);
  await dispatchCommunity(deps, "east");
  const declined = await file();
  await dispatchCommunity(deps, "east");
  await his.call("POST /api/requests/:id/decline", { params: { id: declined }, body: { reason: "走不开" } });

  const held = async (api = mine, over: Parameters<typeof submission>[0] = {}): Promise<{ id: string }> => {
    const id = await file(api, over);
    await his.call("POST /api/requests/:id/claim", { params: { id } });
    clock.pass(1);
    return { id };
  };
  const contacted = async (api: Api = mine): Promise<{ id: string }> => {
    const params = await held(api);
    await his.call("POST /api/requests/:id/first-contact", { params, body: { note: "已电话联系" } });
    return params;
  };
  const window = { label: "晚上七点以后", from: at(2), to: at(4) };
  const waiting = await held(mine, { timeWindow: window });
  await his.call("POST /api/requests/:id/ask", { params: waiting, body: { text: "取件码是多少？" } });
  const suspended = await contacted();
  const suspension = { until: at(72), reason: "等大修" };
  await his.call("POST /api/requests/:id/ask-suspension", { params: suspended, body: suspension });
  await desk.call("POST /api/requests/:id/approve-suspension", { params: suspended, body: {} });
  const extension = { until: at(96), reason: "等配件" };
  await his.call("POST /api/requests/:id/ask-extension", { params: await contacted(), body: extension });
  const away = { to: "west", reason: "住在那边的楼" };
  await his.call("POST /api/requests/:id/ask-transfer", { params: await contacted(), body: away });
  const moved = await held();
  await his.call("POST /api/requests/:id/ask-transfer", { params: moved, body: away });
  await there.call("POST /api/requests/:id/accept-transfer", { params: moved });

  const shared = { id: await file(mine, { serviceCode: "light", description: "三楼楼道灯坏了" }) };
  await theirs.call("POST /api/requests/:id/follow", { params: shared });
  const elder = { name: "孙桂珍", phone: "13900000001", building: "2号楼", unit: "1单元", room: "602" };
  const family = { ...submission(), elder, relation: "parent" } as const;
  await mine.call("POST /api/requests/for-family", { body: family });

  const helped = await contacted();
  const organization = unit.memberships[0]?.organizationName ?? "";
  await his.call("POST /api/requests/:id/ask-organization", {
    params: helped,
    body: { organization, text: "请换楼道灯", hours: 8 },
  });
  const [task] = await deps.coTasks.ofRequest(helped.id);
  const partner = await as(unit);
  const done = { id: task?.id ?? "" };
  await partner.call("POST /api/co-tasks/:id/accept", { params: done, body: {} });
  await partner.call("POST /api/co-tasks/:id/finish", { params: done, body: { result: "灯换好了" } });
  await world.relay.drain();
  await his.call("POST /api/requests/:id/ask-organization", {
    params: helped,
    body: { organization, text: "请换二楼的灯", hours: 8 },
  });
  await his.call("POST /api/requests/:id/hand-over", { params: helped, body: { note: "约好明早上门", cadreId: null } });
  const returned = await held();
  await his.call("POST /api/requests/:id/release", {
    params: returned,
    body: { code: "shift-ends", reason: "要开会" },
  });

  const resolved = async (outcome: "solved" | "unsolved", attitude: number, api: Api = mine) => {
    const params = await held(api);
    await his.call("POST /api/requests/:id/resolve", { params, body: { result: "送到了" } });
    const scores = { response: 5, attitude, result: 5 };
    await api.call("POST /api/requests/:id/rate", { params, body: { outcome, scores, tags: [], comment: "还行" } });
    return params;
  };
  await resolved("solved", 5);
  const called = await resolved("solved", 1);
  const unreached = { answer: "unreached", text: "没人接" } as const;
  await desk.call("POST /api/requests/:id/call-back", { params: called, body: unreached });
  await resolved("unsolved", 1);
  const withdrawn = await held();
  await mine.call("POST /api/requests/:id/withdraw", { params: withdrawn, body: { reason: "不用了" } });
  await resolved("solved", 4, hers);

  const blank = {
    phone: deps.keys.seal("", "phone"),
    unit: deps.keys.seal("", "unit"),
    room: deps.keys.seal("", "room"),
  };
  await deps.store.requests.erase([leaver.id], blank, { rule: "account_closed", at: clock.now() });

  clock.pass(90);
  await runDueEscalations(deps);
  // Some of the queued requests were offered to her without an answer; one is still offered to her.
  await world.cadre("east", { name: "李强" });
  await dispatchCommunity(deps, "east");
  clock.pass(6);
  await dispatchCommunity(deps, "east");
  await file();
  await dispatchCommunity(deps, "east");
  await world.relay.drain();
}
