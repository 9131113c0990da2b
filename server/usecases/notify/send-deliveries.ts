import { stillNews } from "../../domain/messages.ts";
import type { User } from "../../domain/user.ts";
import type { Deps } from "../../ports.ts";
import type { Delivery } from "../../store/deliveries.ts";
import { termsOf } from "../requests/take-step.ts";
import { reserveConsent, settleConsent } from "./consents.ts";
import { type Facts, factsOf, groupWords, pageOf, smsWords, templateData } from "./words.ts";

/** Points at which a test may stop a sender, as a crash would. */
export type SendPoint = "taken" | "reserved" | "called" | "consent-settled";
type Probe = (point: SendPoint, delivery: Delivery) => Promise<void> | void;

/** How a try ended. `retry`: certainly not sent, and it may go better later. */
type Ended =
  | { state: "sent" | "refused" | "unknown"; reason?: null }
  | { state: "failed"; reason: string; retry: boolean }
  | { state: "skipped"; reason: string };

const TRIES = 3;
const MINUTE = 60_000;
/** Longer than any try takes: whoever has had a message for so long is dead. */
const STUCK_MS = 3 * MINUTE;

/**
 * Sends what is due. Whoever takes a message up in one conditional write sends it; after a crash it is not taken up again, since the call
 * may have been made: at most once. It takes up no more when `goOn` says no. Returns how many were taken up.
 */
export async function sendDue(
  deps: Deps,
  probe: Probe = () => undefined,
  goOn: () => boolean = () => true,
): Promise<number> {
  for (let count = 0; ; count++) {
    const delivery = goOn() ? await deps.store.deliveries.take(deps.clock.now()) : null;
    if (!delivery) return count;
    await probe("taken", delivery);
    const ended = await send(deps, delivery, probe);
    await write(deps, delivery, ended);
  }
}

async function write(deps: Deps, delivery: Delivery, ended: Ended): Promise<void> {
  const now = deps.clock.now();
  const again = ended.state === "failed" && ended.retry && delivery.attempt < TRIES;
  const after = { reason: ended.reason ?? null, settledAt: now };
  if (again) {
    const notBefore = new Date(now.getTime() + delivery.attempt * MINUTE);
    await deps.store.deliveries.settle(delivery, { ...after, state: "queued", notBefore });
  } else await deps.store.deliveries.settle(delivery, { ...after, state: ended.state });
}

/** Those that a crash has left under way: nobody knows whether they arrived, so they are not sent again. */
export async function giveUpStuck(deps: Deps): Promise<void> {
  const now = deps.clock.now();
  for (const delivery of await deps.store.deliveries.stuck(new Date(now.getTime() - STUCK_MS), 100)) {
    const templateId = deps.templates[delivery.purpose]?.id;
    if (delivery.channel === "wechat" && delivery.userId && templateId) {
      const person = await personOf(deps, delivery.userId);
      const ids = person ? idsOf(person) : [delivery.userId];
      await settleConsent(deps, ids, templateId, delivery._id, "unknown");
    }
    await write(deps, delivery, { state: "unknown" });
  }
}

async function send(deps: Deps, delivery: Delivery, probe: Probe): Promise<Ended> {
  const loaded = delivery.requestId ? await deps.store.requests.load(delivery.requestId) : null;
  if (!loaded || !stillNews(delivery, loaded.request)) return { state: "skipped", reason: "outdated" };
  const { request } = loaded;
  const facts = factsOf(request, (await termsOf(deps, request)).service.title);
  switch (delivery.channel) {
    case "wechat":
      return sendWeChat(deps, delivery, facts, probe);
    case "wecom":
      return sendToGroup(deps, delivery, facts, probe);
    case "sms":
      return sendSms(deps, delivery, facts, probe);
  }
}

async function personOf({ store }: Deps, userId: string): Promise<User | null> {
  const user = await store.users.find(userId);
  return user?.mergedInto ? store.users.find(user.mergedInto) : user;
}

const idsOf = ({ id, mergedIds }: User): string[] => [id, ...mergedIds];

/** The consent is reserved before the call, so that no other message can use it, whatever happens then. */
async function sendWeChat(deps: Deps, delivery: Delivery, facts: Facts, probe: Probe): Promise<Ended> {
  const { _id, purpose, userId, requestId } = delivery;
  const person = userId && (await personOf(deps, userId));
  const template = deps.templates[purpose];
  const openid = person && (await deps.store.identities.openidOf(person.id));
  if (!openid) return { state: "skipped", reason: "no_wechat" };
  if (!template) return { state: "skipped", reason: "no_template" };
  const ids = idsOf(person);
  if (!(await reserveConsent(deps, ids, template.id, _id))) return { state: "skipped", reason: "no_consent" };
  await probe("reserved", delivery);
  const outcome = await deps.wechat.sendSubscribe({
    openid: deps.keys.open(openid, "openid"),
    templateId: template.id,
    page: pageOf(purpose, requestId ?? ""),
    data: templateData(template, purpose, facts),
  });
  await probe("called", delivery);
  await settleConsent(deps, ids, template.id, _id, outcome.state);
  await probe("consent-settled", delivery);
  if (outcome.state !== "failed") return { state: outcome.state };
  const { code } = outcome;
  return { state: "failed", reason: String(code), retry: code === "unreachable" || code === 45_009 };
}

async function sendToGroup(deps: Deps, delivery: Delivery, facts: Facts, probe: Probe): Promise<Ended> {
  if (!deps.robot.has(delivery.communityId)) return { state: "skipped", reason: "no_robot" };
  const outcome = await deps.robot.say(delivery.communityId, groupWords(delivery.purpose, facts));
  await probe("called", delivery);
  return outcome.state === "failed"
    ? { state: "failed", reason: outcome.code, retry: outcome.retry }
    : { state: outcome.state };
}

async function sendSms(deps: Deps, delivery: Delivery, facts: Facts, probe: Probe): Promise<Ended> {
  const person = delivery.userId && (await personOf(deps, delivery.userId));
  if (!person || !person.phone) return { state: "skipped", reason: "no_phone" };
  const state = await deps.sms.sendText(deps.keys.open(person.phone, "phone"), smsWords(delivery.purpose, facts));
  await probe("called", delivery);
  return state === "failed" ? { state, reason: "sms", retry: false } : { state };
}
