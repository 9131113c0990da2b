import { describe, expect, it } from "vitest";
import { replay } from "../../../server/log/consumer.ts";
import { noticesConsumer } from "../../../server/core/consumers/notices.ts";
import { runDueEscalations } from "../../../server/core/usecases/requests/run-due-escalations.ts";
import { submission } from "../../support/requests.ts";
import { openWorld } from "../../support/world.ts";

const world = await openWorld();
const { deps, relay, clock } = world;
const clerk = await world.as(await world.staff("committee"));
const elsewhere = await world.as(await world.staff("committee", ["west"]));
const supervisor = await world.as(await world.staff("supervisor", ["east", "west"]));
const cadre = await world.as(await world.cadre());
const resident = await world.as(await world.resident());

const told = async (api: typeof clerk, requestId: string): Promise<string[]> =>
  (await api.call("GET /api/inbox", { query: { limit: 100 } })).ok.items
    .filter((notice) => notice.requestId === requestId)
    .map(({ type }) => type)
    .toSorted();

describe("an office", () => {
  it("is told of what is overdue, the subdistrict only of what is supervised, and nobody else", async () => {
    const { id } = (await resident.call("POST /api/requests", { body: submission() })).ok;
    clock.pass(46);
    await runDueEscalations(deps);
    await relay.drain();
    expect(await told(clerk, id)).toEqual(["request.overdue", "request.supervised"]);
    expect(await told(supervisor, id)).toEqual(["request.supervised"]);
    for (const api of [elsewhere, cadre, resident]) expect(await told(api, id)).toEqual([]);
  });

  it("is told what waits for its word, in words for it, and once however often the log is read", async () => {
    const { id } = (await resident.call("POST /api/requests", { body: submission() })).ok;
    const params = { id };
    await cadre.call("POST /api/requests/:id/claim", { params });
    const until = new Date(clock.now().getTime() + 5 * 86_400_000).toISOString();
    await cadre.call("POST /api/requests/:id/ask-extension", { params, body: { until, reason: "等配件" } });
    await relay.drain();
    await replay(deps.store, noticesConsumer(deps.store), "east");
    const { items } = (await clerk.call("GET /api/inbox", { query: { limit: 100 } })).ok;
    const texts = items.filter((notice) => notice.requestId === id).map(({ text }) => text);
    expect(texts).toEqual([expect.stringMatching(/申请延期，请审批。$/)]);
  });
});
