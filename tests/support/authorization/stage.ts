import type { DomainEvent } from "../../../server/kernel/event.ts";
import { randomBytes } from "node:crypto";
import { type User, toActor } from "../../../server/core/domain/accounts/user.ts";
import { requestNumber } from "../../../server/core/domain/requests/request-number.ts";
import type { Request } from "../../../server/core/domain/requests/request.ts";
import { shownDeadlines } from "../../../server/core/domain/requests/sla.ts";
import type { Actor } from "../../../server/kernel/actor.ts";
import { newId } from "../../../server/kernel/ids.ts";
import { aRequest } from "../domain.ts";
import type { World } from "../world.ts";
import type { Cast, Who } from "./cast.ts";
import type { CaseKey } from "./permission-matrix.ts";

/** What somebody asks for. */
export interface Asked {
  params?: Record<string, string>;
  query?: Record<string, string>;
  /** Left out: the least that the operation takes. */
  body?: object;
  file?: { bytes: Buffer; type: string };
  /** The id of the object that it is about, where that is somebody's: one that does not exist must be refused alike. */
  about?: string;
}

/** Where a call takes place: who is there, and who calls. */
export interface Stage {
  world: World;
  cast: Cast;
  as: Who;
}

/** Sets up what an operation is about, in the state in which it can succeed. */
export type Scene = (stage: Stage) => Promise<Asked> | Asked;
export type Scenes = Partial<Record<CaseKey, Scene>>;

export const actorOf = async ({ cast }: Stage, who: Exclude<Who, "nobody">): Promise<Actor> =>
  toActor(await cast.user(who));
export const asking = async (stage: Stage, who: Exclude<Who, "nobody">) => ({
  actor: await actorOf(stage, who),
  idempotency: null,
});

/** The caller as a user; a stranger for nobody. */
export const caller = async ({ cast, as, world }: Stage): Promise<User> =>
  as === "nobody" ? world.resident() : cast.user(as);

export const minutesFrom = ({ world }: Stage, minutes: number): Date =>
  new Date(world.clock.now().getTime() + minutes * 60_000);

/**
 * A request of the owner, filed by the family with consent, followed by the follower and held by the handler, written
 * as it is.
 */
export async function requestOf(stage: Stage, over: Partial<Request> = {}): Promise<string> {
  const { cast, world } = stage;
  const { seal } = world.deps.keys;
  const [owner, family, follower] = [await cast.user("owner"), await cast.user("family"), await cast.user("follower")];
  const handler = await cast.user("handler");
  const now = world.clock.now();
  const free = over.status === "queued" || over.status === undefined;
  const request = aRequest({
    id: newId(),
    no: requestNumber(randomBytes(5)),
    communityId: "east",
    serviceCode: "parcel",
    serviceVersion: 1,
    place: { building: "1号楼", unit: seal("1单元", "unit"), room: seal("101", "room") },
    contact: { name: owner.name ?? "", phone: seal("13800000001", "phone") },
    residentId: owner.id,
    residentName: owner.name ?? "",
    filedBy: {
      ...{ id: family.id, name: family.name ?? "", as: "family", relation: "parent" },
      consent: { state: "given", mayRate: true, how: "app", at: now },
    },
    followers: [{ id: follower.id, at: now }],
    submittedAt: minutesFrom(stage, -10),
    respondBy: minutesFrom(stage, 60),
    resolveBy: minutesFrom(stage, 1440),
    ...(free ? {} : { handlerId: handler.id, handlerName: handler.name, claimedAt: minutesFrom(stage, -5) }),
    ...over,
  });
  const { id, no, residentId, communityId, serviceCode } = request;
  const event: DomainEvent = {
    ...{ version: 1, type: "request.submitted", at: request.submittedAt, communityId, serviceCode },
    ...{ requestId: id, requestNo: no, actor: { id: family.id, role: "resident", name: family.name ?? "" } },
    subjects: { residentId, handlerId: null, previousHandlerId: null },
    about: { kind: "request", id, no },
    data: {
      ...{ title: request.title, urgency: request.urgency, files: 0, building: request.place.building },
      ...{ status: request.status, ...shownDeadlines(request) },
    },
  };
  await world.deps.store.requests.insert(request, event, null);
  return id;
}

let counted = 0;
/** A number that no other scene has. */
export const next = (): number => ++counted;
export const aPhone = (): string => `137${String(10_000_000 + next())}`;
