import { system } from "../../server/kernel/actor.ts";
import {
  type Action,
  type Inputs,
  type Transition,
  decide,
} from "../../server/core/domain/requests/request-lifecycle.ts";
import { type RequestChange, withChanges } from "../../server/core/domain/requests/request-change.ts";
import type { Request } from "../../server/core/domain/requests/request.ts";
import { clocksFrom } from "../../server/core/domain/requests/sla.ts";
import { aRequest, aService, anActor, filedByFamily, heldRequest, minutesLater, nineToFive, noon } from "./domain.ts";

export const handler = anActor("cadre", "handler");
export const people = {
  owner: anActor("resident"),
  handler,
  "another cadre on duty": anActor("cadre", "other"),
  "a cadre off duty": anActor("cadre", "other", { dutyUntil: null }),
  "a cadre whose duty has just ended": anActor("cadre", "other", { dutyUntil: noon }),
  "a cadre of another community": anActor("cadre", "other", { communityIds: ["c2"] }),
  "a cadre on duty who filed it": anActor("cadre", "resident"),
  "the clerk": anActor("committee"),
  "a clerk of another community": anActor("committee", "committee", { communityIds: ["c2"] }),
  "a supervisor": anActor("supervisor"),
  "a partner": anActor("partner"),
  "the system": system,
  "another resident": anActor("resident", "neighbour"),
  "a neighbour who follows it": anActor("resident", "follower"),
  "the handler, acting as a resident": anActor("resident", "handler"),
} as const;

export type Person = keyof typeof people;

/** The time requests of a handler. */
export const timeRequests = {
  "no time request": null,
  "extension asked": { kind: "extension", until: minutesLater(2000), reason: "等配件", at: noon },
  "suspension asked": { kind: "suspension", until: minutesLater(9000), reason: "等大修", at: noon },
} as const;

const aRating: NonNullable<Request["outcome"]["rating"]> = {
  outcome: "solved",
  scores: { response: 5, attitude: 5, result: 5 },
  tags: [],
  comment: "",
  at: noon,
};

/** The callback about a resolution by the handler of {@link requestIn}. */
export const aCallback: NonNullable<Request["outcome"]["callback"]> = {
  ...{
    reason: "low-score",
    dueBy: minutesLater(1000),
    excludedUserId: "handler",
    attempts: 0,
    late: false,
    made: null,
  },
};

/** A request that a rating closed at `closedAt`. */
export const ratedAt = (closedAt: Date): Request =>
  withChanges(requestIn("closed", closedAt), {
    clocks: { resolvedAt: closedAt },
    outcome: { rating: { ...aRating, at: closedAt } },
  });

export const requestIn = (status: Request["status"], closedAt: Date | null = null): Request => {
  const held = ["claimed", "handling", "waiting", "suspended", "resolved", "closed"].includes(status);
  const { escalations } = clocksFrom(noon, aService(), nineToFive);
  const followers = [{ id: "follower", at: noon }];
  const changes: RequestChange = { status, clocks: { escalations, closedAt }, party: { followers } };
  return held ? heldRequest(changes) : aRequest(changes);
};

export const inputs: { [A in Action]: Inputs[A] } = {
  claim: {},
  assign: { cadreId: "other", cadreName: "李强" },
  release: { code: "shift-ends", reason: "要开会" },
  "hand-over": { note: "约好明早上门", cadreId: "other", cadreName: "李强" },
  "first-contact": { note: "已电话联系" },
  note: { text: "已去现场", messageId: "m1" },
  "internal-note": { text: "当心狗", messageId: "m1" },
  message: { text: "您好", fileIds: [], messageId: "m1" },
  ask: { text: "取件码是多少？" },
  answer: { text: "8-2-1007" },
  resolve: { result: "已送到", fileIds: ["f1"] },
  rate: { outcome: "solved", scores: { response: 5, attitude: 5, result: 4 }, tags: [], comment: "" },
  withdraw: { reason: "不用了" },
  reject: { reason: "不在职责内" },
  consent: { agreed: true, mayRate: false, how: "call" },
  "revoke-consent": {},
  "ask-transfer": { to: "c2", toName: "西苑", fromName: "东苑", reason: "住在那边" },
  "recall-transfer": {},
  "accept-transfer": { serviceVersion: 1 },
  "refuse-transfer": { reason: "不归我们" },
  follow: {},
  unfollow: {},
  "ask-extension": { until: minutesLater(2000), reason: "等配件" },
  "approve-extension": {},
  "refuse-extension": { reason: "现在就能办" },
  "ask-suspension": { until: minutesLater(9000), reason: "等大修" },
  "approve-suspension": {},
  "refuse-suspension": { reason: "现在就能办" },
  resume: {},
  offer: { cadreId: "other", cadreName: "李强", kind: "duty", expiresAt: minutesLater(5), why: {} },
  requeue: {},
  "hand-back": {},
  "expire-offer": {},
  "call-committee": {},
  decline: { reason: "走不开" },
  remind: { clock: "respond", stage: "half" },
  "mark-overdue": { clock: "respond", stage: "half" },
  supervise: { clock: "respond", stage: "half" },
  "close-unrated": {},
  "call-back": { answer: "satisfied", text: "已重新修好，居民满意" },
  "callback-late": {},
  "end-callback": {},
  "ask-organization": { taskId: "t9", organization: "安居物业", text: "请换楼道灯", hours: 8 },
  "end-task": { taskId: "t1", organization: "安居物业", taskState: "done" },
};

type Condition = NonNullable<Transition["when"]>[number];

/** The change that makes a request meet each condition of the table. */
export const meeting: Record<Condition, RequestChange> = {
  "returns left": {},
  "consent asked": filedByFamily(),
  "consent given": filedByFamily({ state: "given" }),
  "room to follow": {},
  "no transfer": {},
  "transfer asked": {
    transfer: { pending: { to: "c2", toName: "西苑", fromName: "东苑", reason: "住在那边", byName: "王敏", at: noon } },
  },
  "no task left behind": { handling: { openTasks: [] } },
  "no offer": { dispatch: { offer: null } },
  offered: {
    dispatch: {
      offer: { cadreId: "handler", cadreName: "王敏", kind: "duty", at: minutesLater(-5), expiresAt: minutesLater(5) },
    },
  },
  "no time request": { clocks: { timeRequest: null } },
  "extension asked": { clocks: { timeRequest: timeRequests["extension asked"] } },
  "suspension asked": { clocks: { timeRequest: timeRequests["suspension asked"] } },
  "rating open": { clocks: { closedAt: null } },
  "callback due": { outcome: { callback: aCallback } },
  "no task open": { handling: { openTasks: [] } },
  "room for a task": { handling: { openTasks: [] } },
  "task open": { handling: { openTasks: ["t1"] } },
};

/** The change that makes a request meet all of these conditions. */
export const meetingAll = (conditions: readonly Condition[] = []): RequestChange =>
  withChanges<RequestChange>({}, ...conditions.map((condition) => meeting[condition]));

export const take = <A extends Action>(
  request: Request,
  action: A,
  actor = handler,
  now = noon,
  input: Inputs[A] = inputs[action],
) =>
  decide(request, action, input, {
    actor,
    now,
    service: aService(),
    office: nineToFive,
    unitHead: "居委会主任 沈国强",
  });
