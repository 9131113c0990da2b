import {
  type Channel,
  type Purpose,
  channels,
  sendAt,
  isRecent,
  isStillRelevant,
} from "../../domain/notify/messages.ts";
import type { Sealed } from "../../domain/requests/request.ts";
import type { User } from "../../domain/accounts/user.ts";
import type { Uses } from "../../ports.ts";
import type { Delivery } from "../../store/notify/deliveries.ts";
import { termsOf } from "../requests/take-step.ts";
import type { Templates } from "../../../adapters/wechat/templates.ts";
import { hasConsent, reserveConsent, settleConsent } from "./consents.ts";
import { type Facts, factsOf, groupWords, pageOf, smsWords, templateData } from "./words.ts";

/** Points at which a test may stop a sender, as a crash would. */
export type SendPoint = "taken" | "reserved" | "called" | "consent-settled";
type Probe = (point: SendPoint, delivery: Delivery) => Promise<void> | void;

/**
 * How a try ended. `retry`: certainly not sent, and it may go better later. `full`: nor was it, since as many as the
 * other side takes in a minute have gone.
 */
type Ended =
  | { state: "sent" | "refused" | "unknown"; reason?: null }
  | { state: "failed"; reason: string; retry: boolean }
  | { state: "full"; reason: string }
  | { state: "skipped"; reason: string };

const MINUTE = 60_000;
/** Each try is so many minutes after the one before as there have been tries, up to this many. */
const MAX_PAUSE = 10;
/** Longer than any try takes: a process that has held a message for so long counts as crashed. */
const STUCK_MS = 3 * MINUTE;

/**
 * So many that are due are looked at together: most have no way to be sent, and ending them costs two commands for
 * all.
 */
const BATCH_SIZE = 50;
/**
 * So many people and groups of one channel are written to at once, so that one call without an answer does not hold
 * up the others.
 */
const CONCURRENCY = 8;
/** After so long what is due is asked for anew: something that may not wait may have come. */
const FRESH_MS = 1_000;

/**
 * Sends what is due, by each channel for itself. Whoever takes a message up in one conditional write sends it; after
 * a crash it is not taken up again, since the call may have been made: at most once. What there is no way to send is
 * not taken up at all. It takes up no more when `goOn` says no; when it ends, also by a fault, nothing is in hand any
 * more.
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
    // Those to one person or group go one after another: in order, and no two want the same consent.
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

/** Waits for all of them, also when one fails; throws then what failed. */
async function allOf(works: readonly Promise<void>[]): Promise<void> {
  await Promise.allSettled(works);
  await Promise.all(works);
}

/** Ends those that there is no way to send; returns the others, in order. */
async function endHopeless(
  deps: Uses<"clock" | "holidays" | "robot" | "store" | "templates">,
  due: readonly Delivery[],
): Promise<Delivery[]> {
  const looked = await Promise.all(
    due.map(async (delivery) => {
      // One that cannot be looked at must not stop the others: whoever takes it up hears why.
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
  // What can be tried again is, as long as it is news: how often does not count, since the fault is not the message's.
  const again =
    next && isRecent(delivery.at, now) ? ({ state: "queued", notBefore: sendAt(delivery, next) } as const) : {};
  await deps.store.deliveries.settle(delivery, { state, reason: ended.reason ?? null, settledAt: now, ...again });
}

/** When it may go better; null: never. */
async function nextTry(deps: Uses<"clock" | "store">, delivery: Delivery, ended: Ended): Promise<Date | null> {
  if (ended.state === "full") return rest(deps, delivery);
  if (ended.state !== "failed" || !ended.retry) return null;
  return new Date(deps.clock.now().getTime() + Math.min(delivery.attempt, MAX_PAUSE) * MINUTE);
}

/**
 * Lets everything that is due by the way of this message wait until the minute is over; returns when that is.
 * Whatever comes meanwhile and is refused, too, joins those that wait, so that all are due at once, and what may not
 * wait goes first.
 */
async function rest({ store, clock }: Uses<"clock" | "store">, { channel, communityId }: Delivery): Promise<Date> {
  const now = clock.now();
  const way = channel === "wecom" ? { channel, communityId } : { channel };
  const next = (await store.deliveries.nextDue(way, now))?.getTime() ?? Infinity;
  const until = new Date(Math.min(next, now.getTime() + MINUTE));
  for (const waits of [false, true]) await store.deliveries.postpone({ ...way, waits }, now, sendAt({ waits }, until));
  return until;
}

/** Those that a crash has left under way: nobody knows whether they arrived, so they are not sent again. */
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

/** How a message can go: to whom, by what. `skipped`: it cannot, and why. */
type DeliveryRoute =
  | { skipped: string }
  | { channel: "wechat"; facts: Facts; person: User; openid: Sealed; template: NonNullable<Templates[Purpose]> }
  | { channel: "wecom"; facts: Facts }
  | { channel: "sms"; facts: Facts; phone: Sealed };

/** Only reads, so that many can be asked at once; first what most fail by. */
async function routeOf(
  deps: Uses<"holidays" | "robot" | "store" | "templates">,
  delivery: Delivery,
): Promise<DeliveryRoute> {
  const { userId, communityId, purpose, channel } = delivery;
  if (channel === "wecom") {
    if (!deps.robot.has(communityId)) return { skipped: "no_robot" };
    const facts = await relevanceOf(deps, delivery);
    return facts ? { channel, facts } : OUTDATED;
  }
  const person = userId ? await personOf(deps, userId) : null;
  if (channel === "sms") {
    if (!person?.phone) return { skipped: "no_phone" };
    const facts = await relevanceOf(deps, delivery);
    return facts ? { channel, facts, phone: person.phone } : OUTDATED;
  }
  const openid = person && (await deps.store.identities.openidOf(person.id));
  if (!openid) return { skipped: "no_wechat" };
  const template = deps.templates[purpose];
  if (!template) return { skipped: "no_template" };
  if (!(await hasConsent(deps, idsOf(person), template.id))) return { skipped: "no_consent" };
  const facts = await relevanceOf(deps, delivery);
  return facts ? { channel, facts, person, openid, template } : OUTDATED;
}

const OUTDATED = { skipped: "outdated" } as const;

/** What the message says, while it is still news. */
async function relevanceOf(deps: Uses<"holidays" | "store">, delivery: Delivery): Promise<Facts | null> {
  const loaded = delivery.requestId ? await deps.store.requests.load(delivery.requestId) : null;
  if (!loaded || !isStillRelevant(delivery, loaded.request)) return null;
  return factsOf(loaded.request, (await termsOf(deps, loaded.request)).service.title);
}

async function send(
  deps: Uses<"holidays" | "keys" | "robot" | "sms" | "store" | "templates" | "wechat">,
  delivery: Delivery,
  probe: Probe,
): Promise<Ended> {
  // Once more: since it was looked at, as many messages may have gone out as were due.
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

type By<C extends Delivery["channel"]> = Extract<DeliveryRoute, { channel: C }>;

/** The consent is reserved before the call, so that no other message can use it, whatever happens then. */
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
