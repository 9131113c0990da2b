import type { Uses } from "../../ports.ts";
import { type Heard, type Ledger, afterAnswer, openConsents, reserve, settle } from "../../domain/notify/consents.ts";
import { type Purpose, purposesOf } from "../../domain/notify/messages.ts";
import type { Actor } from "../../../kernel/actor.ts";
import { runStep } from "../../../kernel/step-runner.ts";

/** Changes a ledger. False: there was nothing to change. Throws `write.contended`. */
const change = (
  { store }: Uses<"store">,
  userId: string,
  templateId: string,
  decide: (ledger: Ledger) => Ledger | null,
): Promise<boolean> =>
  runStep(null, {
    load: async () => ({ ledger: await store.consents.load(userId, templateId), steps: [] }),
    unchanged: () => false,
    decide: ({ ledger }) => decide(ledger),
    save: async (after) => (await store.consents.save(after)) || null,
  });

/** Writes down what somebody answered to a template; heard twice, it counts once. */
export async function hearAnswer(
  ports: Uses<"store">,
  userId: string,
  templateId: string,
  heard: Heard,
): Promise<void> {
  await change(ports, userId, templateId, (ledger) => afterAnswer(ledger, heard));
}

/** Whether one of these accounts has a consent that no message has taken yet. */
export async function hasConsent(
  { store }: Uses<"store">,
  userIds: readonly string[],
  templateId: string,
): Promise<boolean> {
  const ledgers = await Promise.all(userIds.map((id) => store.consents.load(id, templateId)));
  return ledgers.some((ledger) => openConsents(ledger) > 0);
}

/** Reserves a consent for a message, of the first of these accounts that has one. Null: nobody has. */
export async function reserveConsent(
  ports: Uses<"store">,
  userIds: readonly string[],
  templateId: string,
  deliveryId: string,
): Promise<string | null> {
  for (const userId of userIds) {
    if (await change(ports, userId, templateId, (ledger) => reserve(ledger, deliveryId))) return userId;
  }
  return null;
}

/** Says how the message ended that a consent was reserved for; said twice, it counts once. */
export async function settleConsent(
  ports: Uses<"store">,
  userIds: readonly string[],
  templateId: string,
  deliveryId: string,
  outcome: Parameters<typeof settle>[2],
): Promise<void> {
  for (const userId of userIds)
    await change(ports, userId, templateId, (ledger) => settle(ledger, deliveryId, outcome));
}

/** A template that the app should ask for, and how many messages of it may still be sent. */
export interface AskedTemplate {
  purpose: Purpose;
  templateId: string;
  left: number;
}

/** The templates for the role in use: asked for at filing, at the start of duty, at a claim. */
export async function templatesOf({ store, templates }: Uses<"store" | "templates">, actor: Actor) {
  const asked: AskedTemplate[] = [];
  for (const purpose of purposesOf(actor.role)) {
    const template = templates[purpose];
    if (!template) continue;
    const ledgers = await Promise.all(actor.ids.map((id) => store.consents.load(id, template.id)));
    const left = ledgers.map(openConsents).reduce((sum, n) => sum + n, 0);
    asked.push({ purpose, templateId: template.id, left });
  }
  return asked;
}

/** Answers that the app brings from `wx.requestSubscribeMessage`; templates that are not ours are passed over. */
export async function answerTemplates(
  deps: Uses<"clock" | "store" | "templates">,
  actor: Actor,
  tap: string,
  given: readonly { templateId: string; answer: "accept" | "reject" | "ban" | "filter" }[],
): Promise<AskedTemplate[]> {
  const ours = new Set(Object.values(deps.templates).map(({ id }) => id));
  for (const { templateId, answer } of given) {
    if (!ours.has(templateId)) continue;
    const heard = { id: tap, by: "app", answer, at: deps.clock.now() } as const;
    await hearAnswer(deps, actor.userId, templateId, heard);
  }
  return templatesOf(deps, actor);
}
