import type { HeardAnswer } from "../../domain/notify/consents.ts";
import type { Uses } from "../../ports.ts";
import type { PushEvent } from "../../../adapters/wechat/push-reader.ts";
import { findIdentity } from "../accounts/identities.ts";
import { recordConsentAnswer } from "./consents.ts";

type Pushed = Extract<PushEvent, { openid: string }>;

/**
 * Records the consents in an event that WeChat has pushed: given in the popup, or turned off in the settings. `means`:
 * the statuses that count, and the answer of each. Reports of arrival (`sent`) have no handler, since the reply to the
 * send call already has the result.
 */
export async function recordPushedAnswers(
  deps: Uses<"clock" | "keys" | "store" | "templates">,
  { id, openid, items }: Pushed,
  means: Readonly<Record<string, HeardAnswer["answer"]>>,
): Promise<void> {
  const identity = await findIdentity(deps, { kind: "wechat", value: openid });
  if (!identity) return;
  const ours = new Set(Object.values(deps.templates).map((template) => template.id));
  for (const { templateId, status } of items) {
    const answer = means[status ?? ""];
    if (!answer || !ours.has(templateId)) continue;
    await recordConsentAnswer(deps, identity.userId, templateId, { id, by: "push", answer, at: deps.clock.now() });
  }
}
