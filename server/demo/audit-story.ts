import type { IdempotencyRecord } from "../kernel/idempotency.ts";
import { toActor } from "../core/domain/accounts/user.ts";
import type { Ports } from "../core/ports.ts";
import { reveal } from "../core/usecases/audit/reveal.ts";
import { invite } from "../core/usecases/people/invite.ts";
import { type DemoEvent, type DemoPeople, asCadre, personAt } from "./demo-event.ts";

const MINUTE = 60_000;

/** Audited actions in the hours before `now`, for the audit page: reveals of residents' data, and an invitation. */
export function auditStory(people: DemoPeople, now: Date): DemoEvent[] {
  const clerk = toActor(personAt(people.office, 0));
  const elder = personAt(people.residents, 2);
  const auditEvent = (
    minutes: number,
    name: string,
    run: (deps: Ports, idempotency: IdempotencyRecord, at: Date) => Promise<unknown>,
  ) => {
    const at = new Date(now.getTime() - minutes * MINUTE);
    const idempotency = { key: `demo:power-${name}`, bodyHash: "demo" };
    // The story is told before the relay runs, so it must not wait for the log. The rows are relayed later.
    return {
      at,
      of: `power-${name}`,
      run: (deps: Ports) =>
        run({ ...deps, serviceLog: { ...deps.serviceLog, waitUntilRecorded: async () => true } }, idempotency, at),
    };
  };
  return [
    auditEvent(95, "clerk", (deps, idempotency) =>
      reveal(deps, { actor: clerk, idempotency }, revealInput(elder.id, "phone", "登记的号码打不通，当面核对后更正")),
    ),
    auditEvent(60, "invitation", (deps, idempotency) =>
      invite(deps, { actor: clerk, idempotency }, "xiziwan", {
        role: "cadre",
        name: "方圆",
        title: "社区干事",
        positions: ["民政", "养老"],
        dutyPhone: "021-5550 1101",
        organizationName: null,
      }),
    ),
    auditEvent(40, "clerk-home", (deps, idempotency) =>
      reveal(deps, { actor: clerk, idempotency }, revealInput(elder.id, "home", "上门送高龄津贴确认单")),
    ),
    auditEvent(30, "cadre", async (deps, idempotency, at) => {
      const actor = asCadre(personAt(people.cadres, 1), at);
      const residentIds = [personAt(people.residents, 0).id];
      const { items } = await deps.store.requests.list({ residentIds, statuses: ["resolved"] }, 1);
      const [request] = items;
      if (!request) return null;
      const reason = "居民来电说没修好，回拨问清楚";
      return reveal(deps, { actor, idempotency }, { of: "request", id: request.id, field: "phone", reason });
    }),
  ];
}

const revealInput = (id: string, field: "phone" | "home", reason: string) => ({
  of: "resident" as const,
  id,
  field,
  reason,
});
