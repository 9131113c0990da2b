import { expect } from "vitest";
import type { Api } from "../../support/api.ts";
import type { DemoWorld } from "../../support/demo-world.ts";

/** Finds what the pages to look at show, by its id or address. */
export type Addresses = Awaited<ReturnType<typeof addressesIn>>;

/** What pages show in a demo world, asked over HTTP as the demo's people, each logged in once. */
export async function addressesIn(world: DemoWorld) {
  const apis = new Map<string, Promise<Api>>();
  const apiOf = (name: string): Promise<Api> => {
    const api = apis.get(name) ?? world.api(name);
    apis.set(name, api);
    return api;
  };

  /** The id of the first request of a list that has the state. */
  async function first(name: string, scope: "mine" | "handling" | "queue", status: string): Promise<string> {
    const { items } = (await (await apiOf(name)).call("GET /api/requests", { query: { scope } })).ok;
    const found = items.find((request) => request.status === status && !request.progressOnly);
    return found?.id ?? expect.fail(`no ${status} request of ${name}`);
  }

  /** The id of a request that the resident follows. */
  async function followed(): Promise<string> {
    const { items } = (await (await apiOf("王雨晴")).call("GET /api/requests", { query: { scope: "mine" } })).ok;
    return items.find(({ followers }) => followers.mine)?.id ?? expect.fail("she follows nothing");
  }

  const idOf = async (name: string): Promise<string> => (await (await apiOf(name)).call("GET /api/me")).ok.id;

  /** The code of a new invitation. */
  async function invitationCode(): Promise<string> {
    const office = await world.as(await officer());
    const body = { role: "cadre" as const, name: "方圆", title: "社区干事", positions: ["民政", "养老"] };
    const made = await office.call("POST /api/communities/:id/invitations", { params: { id: "xiziwan" }, body });
    return made.ok.code ?? "";
  }

  async function officer() {
    const [id = ""] = await world.deps.store.users.holders("committee", "xiziwan");
    return world.deps.store.users.find(id);
  }

  /** The id of a task of 安居物业 that has the state. */
  async function task(scope: "asked" | "accepted"): Promise<string> {
    const { items } = (await (await apiOf("石磊")).call("GET /api/co-tasks", { query: { scope } })).ok;
    return items[0]?.id ?? expect.fail(`no ${scope} task`);
  }

  /** The id of the request that several organizations co-handle. */
  async function coHandled(): Promise<string> {
    const { items } = (await (await apiOf("林晓慧")).call("GET /api/co-tasks", { query: { scope: "accepted" } })).ok;
    return items[0]?.requestId ?? expect.fail("nobody is at anything");
  }

  /** The id of the request that a colleague has handed over to 林晓慧 with a note. */
  async function handedOver(): Promise<string> {
    const { items } = (await (await apiOf("林晓慧")).call("GET /api/requests", { query: { scope: "handling" } })).ok;
    return items.find(({ handover }) => handover !== null)?.id ?? expect.fail("nothing was handed over");
  }

  /** Creates another login that the page can end, and returns the page's address. */
  async function devices(): Promise<string> {
    await apiOf("王雨晴");
    return "/#/subpackages/me/devices/index";
  }

  /** A request with a long link and a long name without spaces, which pages must break. */
  const unbroken = await (
    await apiOf("王雨晴")
  ).call("POST /api/requests", {
    body: {
      communityId: "xiziwan",
      serviceCode: "parcel",
      description: "https://m.example.com/pickup/8f3a6c2e91b74d05a1c8e4f7b2d9?station=xiziwan&code=8-2-1007 请取这个",
      contact: { name: "AbdulrahmanAlqahtani", phone: "13800010001" },
    },
  });

  return {
    apiOf,
    first,
    followed,
    idOf,
    invitationCode,
    task,
    coHandled,
    handedOver,
    devices,
    unbroken: unbroken.ok.id,
  };
}
