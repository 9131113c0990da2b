import type { Uses } from "../../ports.ts";
import {
  type HeardAnswer,
  type ConsentLedger,
  applyAnswer,
  openConsentCount,
  reserve,
  settle,
} from "../../domain/notify/consents.ts";
import { type Purpose, purposesOf } from "../../domain/notify/messages.ts";
import type { Actor } from "../../../kernel/actor.ts";
import { runStep } from "../../../kernel/step-runner.ts";

/** Changes a ledger. False when there was nothing to change. Throws `write.contended`. */
const change = (
  { store }: Uses<"store">,
  userId: string,
  templateId: string,
  decide: (ledger: ConsentLedger) => ConsentLedger | null,
): Promise<boolean> =>
  runStep(null, {
    load: async () => ({ ledger: await store.consents.load(userId, templateId), steps: [] }),
    unchanged: () => false,
    decide: ({ ledger }) => decide(ledger),
    save: async (after) => (await store.consents.save(after)) || null,
  });

/** Records a person's answer to a template. A repeated report counts once. */
export async function recordConsentAnswer(
  ports: Uses<"store">,
  userId: string,
  templateId: string,
  heard: HeardAnswer,
): Promise<void> {
  await change(ports, userId, templateId, (ledger) => applyAnswer(ledger, heard));
}

/** Whether one of these accounts has an open consent. */
export async function hasConsent(
  { store }: Uses<"store">,
  userIds: readonly string[],
  templateId: string,
): Promise<boolean> {
  const ledgers = await Promise.all(userIds.map((id) => store.consents.load(id, templateId)));
  return ledgers.some((ledger) => openConsentCount(ledger) > 0);
}

/**
 * Reserves a consent for a message, from the first of these accounts that has one, and returns the account's id. Null
 * when none has one.
 */
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

/** Records the outcome of the message for which a consent was reserved. A repeated call changes nothing. */
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

/** A template for which the app should ask for consent, and how many messages of it may still be sent. */
export interface AskedTemplate {
  purpose: Purpose;
  templateId: string;
  left: number;
}

/** The templates for the role in use, for which the app asks at filing, at the start of duty and at a claim. */
export async function templatesOf({ store, templates }: Uses<"store" | "templates">, actor: Actor) {
  const asked: AskedTemplate[] = [];
  for (const purpose of purposesOf(actor.role)) {
    const template = templates[purpose];
    if (!template) continue;
    const ledgers = await Promise.all(actor.ids.map((id) => store.consents.load(id, template.id)));
    const left = ledgers.map(openConsentCount).reduce((sum, n) => sum + n, 0);
    asked.push({ purpose, templateId: template.id, left });
  }
  return asked;
}

/** Records the answers of `wx.requestSubscribeMessage` that the app reports. Unknown templates are skipped. */
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
    await recordConsentAnswer(deps, actor.userId, templateId, heard);
  }
  return templatesOf(deps, actor);
}
