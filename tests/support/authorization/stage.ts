import { type RequestChange, withChanges } from "../../../server/core/domain/requests/request-change.ts";
import type { DomainEvent } from "../../../server/kernel/event.ts";
import { randomBytes } from "node:crypto";
import { type User, toActor } from "../../../server/core/domain/accounts/user.ts";
import { requestNumber } from "../../../server/core/domain/requests/request-number.ts";
import { shownDeadlines } from "../../../server/core/domain/requests/sla.ts";
import type { Actor } from "../../../server/kernel/actor.ts";
import { newId } from "../../../server/kernel/ids.ts";
import { aRequest } from "../domain.ts";
import type { World } from "../world.ts";
import type { Cast, Who } from "./cast.ts";
import type { CaseKey } from "./rows.ts";

/** The input of a call. */
export interface Asked {
  params?: Record<string, string>;
  query?: Record<string, string>;
  /** When absent, a minimal valid body is used. */
  body?: object;
  file?: { bytes: Buffer; type: string };
  /** The session of the caller's token. Default: one that is not stored. */
  sessionId?: string;
  /**
   * The id of the object that the call is about, when the object belongs to somebody. A call about a missing object
   * must be
   * refused in the same way.
   */
  about?: string;
}

/** The world, its people, and the caller of an operation. */
export interface Stage {
  world: World;
  cast: Cast;
  as: Who;
}

/** Creates the object of an operation, in a state in which the operation can succeed. */
export type Scene = (stage: Stage) => Promise<Asked> | Asked;
export type Scenes = Partial<Record<CaseKey, Scene>>;

export const actorOf = async ({ cast }: Stage, who: Exclude<Who, "nobody">): Promise<Actor> =>
  toActor(await cast.user(who));
export const asking = async (stage: Stage, who: Exclude<Who, "nobody">) => ({
  actor: await actorOf(stage, who),
  idempotency: null,
});

/** The caller as a user. For `nobody` it is another resident. */
export const caller = async ({ cast, as, world }: Stage): Promise<User> =>
  as === "nobody" ? world.resident() : cast.user(as);

export const minutesFrom = ({ world }: Stage, minutes: number): Date =>
  new Date(world.clock.now().getTime() + minutes * 60_000);

/**
 * Inserts a request of the owner, filed by the family with consent, followed by the follower and held by the handler.
 */
export async function requestOf(stage: Stage, over: RequestChange = {}): Promise<string> {
  const { cast, world } = stage;
  const { seal } = world.deps.keys;
  const [owner, family, follower] = [await cast.user("owner"), await cast.user("family"), await cast.user("follower")];
  const handler = await cast.user("handler");
  const now = world.clock.now();
  const free = over.status === "queued" || over.status === undefined;
  const request = withChanges(
    aRequest({
      ...{ id: newId(), no: requestNumber(randomBytes(5)), communityId: "east" },
      ...{ serviceCode: "parcel", serviceVersion: 1, residentId: owner.id, submittedAt: minutesFrom(stage, -10) },
      content: {
        place: { building: "1号楼", unit: seal("1单元", "unit"), room: seal("101", "room") },
        contact: { name: owner.name ?? "", phone: seal("13800000001", "phone") },
      },
      party: {
        residentName: owner.name ?? "",
        filedBy: {
          ...{ id: family.id, name: family.name ?? "", as: "family", relation: "parent" },
          consent: { state: "given", mayRate: true, how: "app", at: now },
        },
        followers: [{ id: follower.id, at: now }],
      },
      clocks: { respondBy: minutesFrom(stage, 60), resolveBy: minutesFrom(stage, 1440) },
    }),
    free ? {} : { handlerId: handler.id, handlerName: handler.name, clocks: { claimedAt: minutesFrom(stage, -5) } },
    over,
  );
  const { id, no, residentId, communityId, serviceCode } = request;
  const event: DomainEvent = {
    ...{ version: 1, type: "request.submitted", at: request.submittedAt, communityId, serviceCode },
    ...{ requestId: id, requestNo: no, actor: { id: family.id, role: "resident", name: family.name ?? "" } },
    subjects: { residentId, handlerId: null, previousHandlerId: null },
    about: { kind: "request", id, no },
    data: {
      ...{ title: request.content.title, urgency: request.urgency, files: 0, building: request.content.place.building },
      ...{ status: request.status, ...shownDeadlines(request) },
    },
  };
  await world.deps.store.requests.insert(request, event, null);
  return id;
}

let counted = 0;
/** A number that no other scene uses. */
export const next = (): number => ++counted;
export const aPhone = (): string => `137${String(10_000_000 + next())}`;
