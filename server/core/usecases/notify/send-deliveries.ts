import {
  type Channel,
  type Purpose,
  channels,
  sendAt,
  isRecent,
  isStillRelevant,
} from "../../domain/notify/messages.ts";
import type { Sealed } from "../../domain/requests/request-content.ts";
import type { User } from "../../domain/accounts/user.ts";
import type { Uses } from "../../ports.ts";
import type { Delivery } from "../../store/notify/deliveries.ts";
import { termsOf } from "../requests/take-step.ts";
import type { Templates } from "../../../adapters/wechat/templates.ts";
import { hasConsent, reserveConsent, settleConsent } from "./consents.ts";
import { type Facts, factsOf, groupWords, pageOf, smsWords, templateData } from "./words.ts";

/** Points at which a test may stop a sender to simulate a crash. */
export type SendPoint = "taken" | "reserved" | "called" | "consent-settled";
type Probe = (point: SendPoint, delivery: Delivery) => Promise<void> | void;

/**
 * The result of an attempt. `retry`: certainly not sent, and a later attempt may succeed. `full`: not sent either,
 * since the channel's limit for this minute is reached.
 */
type Ended =
  | { state: "sent" | "refused" | "unknown"; reason?: null }
  | { state: "failed"; reason: string; retry: boolean }
  | { state: "full"; reason: string }
  | { state: "skipped"; reason: string };

const MINUTE = 60_000;
/**
 * The longest pause before a retry, in minutes. The pause has as many minutes as there were attempts, up to this many.
 */
const MAX_PAUSE = 10;
/**
 * How long a message may be reserved, longer than any attempt takes. After that the process that took it counts as
 * crashed.
 */
const STUCK_MS = 3 * MINUTE;

/** How many due messages are examined together. Most cannot be sent, and a batch of them is ended with two commands. */
const BATCH_SIZE = 50;
/**
 * How many people and groups of one channel are served at once, so that one call without an answer does not block the
 * others.
 */
const CONCURRENCY = 8;
/** After this long, in ms, the due messages are read again, since one that may not wait may have been added. */
const FRESH_MS = 1_000;

/**
 * Sends the due messages of each channel separately. The process that takes a message in one conditional write sends
 * it. After a crash it is not taken again, since it may have been sent: delivery is at most once. Messages that cannot
 * be sent are ended without being taken. No more are taken once `goOn` returns false. The promise settles only after
 * all attempts have ended, also after an error.
 */
export const sendDue = (
  deps: Uses<"clock" | "holidays" | "keys" | "robot" | "sms" | "store" | "templates" | "wechat">,
  probe: Probe = () => undefined,
  goOn: () => boolean = () => true,
  by: readonly Channel[] = channels,
): Promise<void> => allOf(by.map((channel) => sendBy(deps, channel, probe, goOn)));

async function sendBy(
  deps: Uses<"clock" | "holidays" | "keys" | "robot" | "sms" | "store" | "templates" | "wechat">,
  channel: Channel,
  probe: Probe,
  goOn: () => boolean,
): Promise<void> {
  while (goOn()) {
    const due = await deps.store.deliveries.due(channel, deps.clock.now(), BATCH_SIZE);
    if (!due.length) return;
    const hopeful = await endHopeless(deps, due);
    // Messages to one person or group are sent one after another, so that they keep their order and do not compete for
    // a consent.
    const rows = Map.groupBy(hopeful, ({ userId, communityId }) => userId ?? communityId).values();
    const readAt = deps.clock.now().getTime();
    const isGood = (): boolean => goOn() && deps.clock.now().getTime() - readAt < FRESH_MS;
    const lane = async (): Promise<void> => {
      // All workers share the iterator: each takes the next row.
      for (const row of rows) for (const delivery of row) if (isGood()) await sendOne(deps, delivery, probe);
    };
    await allOf(Array.from({ length: CONCURRENCY }, lane));
  }
}

async function sendOne(
  deps: Uses<"clock" | "holidays" | "keys" | "robot" | "sms" | "store" | "templates" | "wechat">,
  { _id }: Delivery,
  probe: Probe,
): Promise<void> {
  const taken = await deps.store.deliveries.take(_id, deps.clock.now());
  if (!taken) return;
  await probe("taken", taken);
  await write(deps, taken, await send(deps, taken, probe));
}

/** Waits for all works, also when one fails, and then throws the first failure. */
async function allOf(works: readonly Promise<void>[]): Promise<void> {
  await Promise.allSettled(works);
  await Promise.all(works);
}

/** Ends the messages that cannot be sent; returns the others in order. */
async function endHopeless(
  deps: Uses<"clock" | "holidays" | "robot" | "store" | "templates">,
  due: readonly Delivery[],
): Promise<Delivery[]> {
  const looked = await Promise.all(
    due.map(async (delivery) => {
      // A message that cannot be examined must not stop the others. The attempt to send it reports the error.
      const way = await routeOf(deps, delivery).catch(() => null);
      return { delivery, reason: way && "skipped" in way ? way.skipped : null };
    }),
  );
  for (const [reason, hopeless] of Map.groupBy(looked, (one) => one.reason)) {
    if (reason === null) continue;
    const deliveries = hopeless.map(({ delivery }) => delivery);
    await deps.store.deliveries.skip(deliveries, reason, deps.clock.now());
  }
  return looked.filter(({ reason }) => reason === null).map(({ delivery }) => delivery);
}

async function write(deps: Uses<"clock" | "store">, delivery: Delivery, ended: Ended): Promise<void> {
  const now = deps.clock.now();
  const next = await nextTry(deps, delivery, ended);
  const state = ended.state === "full" ? "failed" : ended.state;
  // A retry is made as long as the message is recent, however often it failed, since the fault is not the message's.
  const again =
    next && isRecent(delivery.at, now) ? ({ state: "queued", notBefore: sendAt(delivery, next) } as const) : {};
  await deps.store.deliveries.settle(delivery, { state, reason: ended.reason ?? null, settledAt: now, ...again });
}

/** When to try again; null for never. */
async function nextTry(deps: Uses<"clock" | "store">, delivery: Delivery, ended: Ended): Promise<Date | null> {
  if (ended.state === "full") return rest(deps, delivery);
  if (ended.state !== "failed" || !ended.retry) return null;
  return new Date(deps.clock.now().getTime() + Math.min(delivery.attempt, MAX_PAUSE) * MINUTE);
}

/**
 * Postpones all due messages of this message's route until the minute is over, and returns that time. Messages that are
 * refused in the meantime are postponed to the same time, so that all become due at once and those that may not wait go
 * first.
 */
async function rest({ store, clock }: Uses<"clock" | "store">, { channel, communityId }: Delivery): Promise<Date> {
  const now = clock.now();
  const way = channel === "wecom" ? { channel, communityId } : { channel };
  const next = (await store.deliveries.nextDue(way, now))?.getTime() ?? Infinity;
  const until = new Date(Math.min(next, now.getTime() + MINUTE));
  for (const waits of [false, true]) await store.deliveries.postpone({ ...way, waits }, now, sendAt({ waits }, until));
  return until;
}

/** Ends messages that a crash has left reserved. They may have arrived, so they are not sent again. */
export async function giveUpStuck(deps: Uses<"clock" | "store" | "templates">): Promise<void> {
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

/** The recipient and data with which a message can be sent, or the reason why it cannot (`skipped`). */
type SendRoute =
  | { skipped: string }
  | { channel: "wechat"; facts: Facts; person: User; openid: Sealed; template: NonNullable<Templates[Purpose]> }
  | { channel: "wecom"; facts: Facts }
  | { channel: "sms"; facts: Facts; phone: Sealed };

/**
 * The route of a message. It only reads, so that many can be examined at once. The most frequent obstacles are checked
 * first.
 */
async function routeOf(
  deps: Uses<"holidays" | "robot" | "store" | "templates">,
  delivery: Delivery,
): Promise<SendRoute> {
  const { userId, communityId, purpose, channel } = delivery;
  if (channel === "wecom") {
    if (!deps.robot.has(communityId)) return { skipped: "no_robot" };
    const facts = await factsIfRelevant(deps, delivery);
    return facts ? { channel, facts } : OUTDATED;
  }
  const person = userId ? await personOf(deps, userId) : null;
  if (channel === "sms") {
    if (!person?.phone) return { skipped: "no_phone" };
    const facts = await factsIfRelevant(deps, delivery);
    return facts ? { channel, facts, phone: person.phone } : OUTDATED;
  }
  const openid = person && (await deps.store.identities.openidOf(person.id));
  if (!openid) return { skipped: "no_wechat" };
  const template = deps.templates[purpose];
  if (!template) return { skipped: "no_template" };
  if (!(await hasConsent(deps, idsOf(person), template.id))) return { skipped: "no_consent" };
  const facts = await factsIfRelevant(deps, delivery);
  return facts ? { channel, facts, person, openid, template } : OUTDATED;
}

const OUTDATED = { skipped: "outdated" } as const;

/** The content of the message; null when it is outdated. */
async function factsIfRelevant(deps: Uses<"holidays" | "store">, delivery: Delivery): Promise<Facts | null> {
  const loaded = delivery.requestId ? await deps.store.requests.load(delivery.requestId) : null;
  if (!loaded || !isStillRelevant(delivery, loaded.request)) return null;
  return factsOf(loaded.request, (await termsOf(deps, loaded.request)).service.title);
}

async function send(
  deps: Uses<"holidays" | "keys" | "robot" | "sms" | "store" | "templates" | "wechat">,
  delivery: Delivery,
  probe: Probe,
): Promise<Ended> {
  // The route is checked again, since other messages may have used the consent since the batch was examined.
  const way = await routeOf(deps, delivery);
  if ("skipped" in way) return { state: "skipped", reason: way.skipped };
  if (way.channel === "wechat") return sendWeChat(deps, delivery, way, probe);
  if (way.channel === "wecom") return sendToGroup(deps, delivery, way, probe);
  const state = await deps.sms.sendText(deps.keys.open(way.phone, "phone"), smsWords(delivery.purpose, way.facts));
  await probe("called", delivery);
  return state === "failed" ? { state, reason: "sms", retry: false } : { state };
}

async function personOf({ store }: Uses<"store">, userId: string): Promise<User | null> {
  const user = await store.users.find(userId);
  return user?.mergedInto ? store.users.find(user.mergedInto) : user;
}

const idsOf = ({ id, mergedIds }: User): string[] => [id, ...mergedIds];

type By<C extends Delivery["channel"]> = Extract<SendRoute, { channel: C }>;

/**
 * Sends a subscribe message. The consent is reserved before the call, so that no other message can use it, whatever the
 * outcome.
 */
async function sendWeChat(
  deps: Uses<"keys" | "store" | "wechat">,
  delivery: Delivery,
  way: By<"wechat">,
  probe: Probe,
): Promise<Ended> {
  const { _id, purpose, requestId } = delivery;
  const { template, openid, facts } = way;
  const ids = idsOf(way.person);
  if (!(await reserveConsent(deps, ids, template.id, _id))) return { state: "skipped", reason: "no_consent" };
  await probe("reserved", delivery);
  const outcome = await deps.wechat.sendSubscribe({
    openid: deps.keys.open(openid, "openid"),
    templateId: template.id,
    page: pageOf(purpose, requestId ?? ""),
    data: templateData(template, purpose, facts),
  });
  await probe("called", delivery);
  await settleConsent(deps, ids, template.id, _id, outcome.state === "full" ? "failed" : outcome.state);
  await probe("consent-settled", delivery);
  return "code" in outcome ? { ...outcome, reason: String(outcome.code) } : outcome;
}

async function sendToGroup(deps: Uses<"robot">, delivery: Delivery, way: By<"wecom">, probe: Probe): Promise<Ended> {
  const outcome = await deps.robot.say(delivery.communityId, groupWords(delivery.purpose, way.facts));
  await probe("called", delivery);
  return "code" in outcome ? { ...outcome, reason: outcome.code } : outcome;
}
