import { systemClock } from "../../server/kernel/clock.ts";
import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { createApp } from "../../server/app.ts";
import { catalogue } from "../../server/core/catalogue/standard.ts";
import { blankClocks } from "../../server/core/domain/requests/request-clocks.ts";
import { blankContent } from "../../server/core/domain/requests/request-content.ts";
import { blankDispatch } from "../../server/core/domain/requests/request-dispatch.ts";
import { blankHandling } from "../../server/core/domain/requests/request-handling.ts";
import { blankOutcome } from "../../server/core/domain/requests/request-outcome.ts";
import { blankParty } from "../../server/core/domain/requests/request-party.ts";
import { blankTransfer } from "../../server/core/domain/requests/request-transfer.ts";
import type { Request } from "../../server/core/domain/requests/request.ts";
import { type User, newUserFields } from "../../server/core/domain/accounts/user.ts";
import { createTokens } from "../../server/adapters/identity/tokens.ts";
import { createKeys, newKeyRing } from "../../server/adapters/keys/keys.ts";
import type { Deps } from "../../server/deps.ts";
import { publicHolidays } from "../../server/adapters/calendar/public-holidays.ts";
import { createBudgets } from "../../server/adapters/limits/budgets.ts";
import { createLog } from "../../server/operations/log.ts";
import { newId } from "../../server/kernel/ids.ts";

/**
 * The product's HTTP layer with an in-memory database of one request, two people and a community. Argument: a folder
 * for
 * its log. Reports its port and two calls that it can answer: marking a notice as read, and a claim.
 */
const [folder = ""] = process.argv.slice(2);
const keys = createKeys(newKeyRing());
const now = new Date();
const communityId = "load-1";
const membership = {
  ...{ id: newId(), role: "cadre" as const, communityId, communityIds: [communityId], organizationName: null },
  ...{ title: "社区干部", positions: ["综合服务"], dutyPhone: "021-55500001", photoFileId: null },
};
const until = new Date(now.getTime() + 12 * 3_600_000);
const person = (name: string): User => ({ ...newUserFields, id: newId(), version: 1, name, createdAt: now });
const cadre: User = {
  ...{ ...person("干部"), memberships: [membership], actingAs: membership.id },
  duty: { communityId, startedAt: now, until },
};
const resident = person("居民");
const seal = (text: string, context: string) => keys.seal(text, context);
const request: Request = {
  ...{ id: newId(), no: "B12345678", version: 2, communityId, serviceCode: "parcel", serviceVersion: 1 },
  ...{ urgency: "normal", status: "claimed", submittedAt: now },
  ...{ residentId: resident.id, handlerId: cadre.id, handlerName: "干部" },
  content: {
    ...blankContent,
    title: "代取包裹",
    description: "下班晚，麻烦代取一个包裹",
    place: { building: "1号楼", unit: seal("1单元", "unit"), room: seal("101", "room") },
    contact: { name: "居民", phone: seal("13800000001", "phone") },
  },
  party: { ...blankParty, residentName: "居民" },
  clocks: { ...blankClocks, respondBy: until, resolveBy: until, claimedAt: now },
  dispatch: { ...blankDispatch, queueKey: 1 },
  transfer: blankTransfer,
  handling: blankHandling,
  outcome: blankOutcome,
};

const people = new Map([cadre, resident].map((user) => [user.id, user]));
const community = {
  ...{ id: communityId, name: "第1居委会", subdistrict: "测试街道", phone: "", address: "", officeHours: "" },
  ...{ workingHours: { weekdays: [1, 2, 3, 4, 5], spans: [[540, 1020]] }, buildings: [], services: catalogue },
};
const store = {
  users: {
    find: async (id: string) => people.get(id) ?? null,
    shown: async (ids: readonly string[]) => ids.flatMap((id) => people.get(id) ?? []),
  },
  communities: { find: async () => community },
  rosterPlans: { find: async () => null },
  requests: { load: async () => ({ request, steps: [], outbox: [] }) },
  notices: { unreadByRequest: async () => new Map(), markRead: async () => undefined, unread: async () => 3 },
} as unknown as Deps["store"];

const tokens = createTokens(keys);
const limiter = { add: async () => ({ count: 0, leftMs: 0 }), hit: async () => null };
const failed = (error: unknown): never => {
  throw error;
};
const deps = {
  budgets: createBudgets({ limiter, keys, clock: systemClock, failed }, 100_000),
  ...{ store, keys, tokens, clock: systemClock, holidays: publicHolidays(), demo: false },
  log: createLog("info", join(folder, "memory.log")),
} as unknown as Deps;
const app = createApp(deps, { checkReplies: false, logRequests: true, version: "bench" });
const server = createServer(app.callback());
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const { port } = server.address() as AddressInfo;

const token = tokens.issueAccess(cadre.id, newId(), new Date());
const lines = { Authorization: `Bearer ${token}`, "Idempotency-Key": randomUUID() };
const headers = Object.entries(lines)
  .map(([name, value]) => `${name}: ${value}\r\n`)
  .join("");

/** A call with the length of its reply. */
async function answered(path: string, body: string): Promise<MemoryCall> {
  const reply = await fetch(`http://127.0.0.1:${port}${path}`, {
    method: "POST",
    headers: { ...lines, "Content-Type": "application/json" },
    body,
  });
  if (!reply.ok) throw new Error(await reply.text());
  return { path, headers, body, bytes: (await reply.arrayBuffer()).byteLength };
}

/** What this process reports when it listens. */
export interface MemoryCall {
  path: string;
  headers: string;
  body: string;
  bytes: number;
}

process.send?.({
  port,
  plain: await answered("/api/inbox/read", JSON.stringify({ ids: [`${request.id}:2:${cadre.id}`] })),
  claim: await answered(`/api/requests/${request.id}/claim`, "{}"),
});
process.once("SIGTERM", () => process.exit(0));
