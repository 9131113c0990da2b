import type { HeardAnswer } from "../../domain/notify/consents.ts";
import type { Uses } from "../../ports.ts";
import type { PushEvent } from "../../../adapters/wechat/push-reader.ts";
import { findIdentity } from "../accounts/identities.ts";
import { recordConsentAnswer } from "./consents.ts";

type Pushed = Extract<PushEvent, { openid: string }>;

/**
 * WeChat's push about a consent: given in the popup, or turned off in the settings. `means`: which of its words
 * count, and as what. That a message has arrived (`sent`) needs no handler: the answer to the call has said so.
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
