import { declarations } from "../../contract/events.ts";
import type { Actor } from "../kernel/actor.ts";
import { isOfOrganization } from "../modules/co-handling/domain/co-task.ts";
import { type Reader, isStaff } from "../core/domain/requests/policy.ts";

/** Who may learn of what, by the catalogue: what is not named there is for the staff of its community only. */

type Data = Readonly<Record<string, unknown>>;

/** The envelope of a row of the log, as far as it says whom the row concerns. */
interface Row {
  type: string;
  communityId: string;
  residentId: string | null;
  filerId?: string | null | undefined;
  actorId?: string;
  organization?: string | undefined;
  followerIds?: readonly string[] | undefined;
}

/** Somebody who reads an event or a notice; `partner`: of the organization that it names. */
type AnyReader = Reader | "partner";

const audienceOf = (type: string) => declarations[type]?.audience ?? {};

const fieldsFor = (type: string, reader: Exclude<AnyReader, "staff">): readonly string[] | undefined =>
  audienceOf(type)[reader];

const pick = (data: Data, fields: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(fields.filter((field) => field in data).map((field) => [field, data[field]]));

/** Whether such a reader learns that an event of the type has happened. */
export const learnsOf = (reader: AnyReader, type: string): boolean =>
  reader === "staff" || fieldsFor(type, reader) !== undefined;

/** What such a reader sees of what an event tells; null: the reader does not learn of it. */
export function visibleData(reader: AnyReader, type: string, data: Data): Data | null {
  if (reader === "staff") return data;
  const fields = fieldsFor(type, reader);
  return fields ? pick(data, fields) : null;
}

const staffRoles: readonly string[] = ["cadre", "committee", "supervisor", "admin"];

/**
 * Whether the event is one of those that the actor, of the staff, hears of: only a bad rating calls for a callback,
 * so that cadres hear of none.
 */
export const mayHearOf = ({ role }: Pick<Actor, "role">, type: string): boolean =>
  !staffRoles.includes(role) || (audienceOf(type).staff?.hear ?? staffRoles).includes(role);

/** Whether only some of the staff read what events of the type tell: a single rating, and what follows from it. */
export const isRestricted = (type: string): boolean => audienceOf(type).staff?.read !== undefined;

const reads = ({ role }: Actor, type: string): boolean =>
  (audienceOf(type).staff?.read ?? [role]).some((r) => r === role);

const onResidentsSide = (actor: Actor, { residentId, filerId = null }: Pick<Row, "residentId" | "filerId">): boolean =>
  [residentId, filerId].some((id) => id !== null && actor.ids.includes(id));

/** Followers are named where they are told how far it is, and in their own steps. */
const isFollower = (actor: Actor, { type, followerIds = [], actorId }: Row): boolean =>
  followerIds.some((id) => actor.ids.includes(id)) &&
  (learnsOf("follower", type) || (actorId !== undefined && actor.ids.includes(actorId) && learnsOf("resident", type)));

/**
 * Whether the actor learns that a row of the log has come to be: what concerns oneself, and for staff all of their
 * communities. Whoever is on the resident's side of it learns what the resident does, staff or not. A membership
 * counts only while it is the role in use.
 */
export function mayFollow(actor: Actor, row: Row): boolean {
  const { type, communityId, organization } = row;
  if (!mayHearOf(actor, type)) return false;
  if (onResidentsSide(actor, row)) return learnsOf("resident", type);
  const partner = organization !== undefined && isOfOrganization(actor, { communityId, organization });
  return (partner && learnsOf("partner", type)) || isFollower(actor, row) || isStaff(actor, communityId);
}

/** What the actor, of the staff, sees of what a row of the log tells: at least the state of what it is about. */
export function visibleInLog(actor: Actor, row: Row, data: Data): Data {
  const state = { status: data["status"] };
  if (!reads(actor, row.type)) return state;
  return onResidentsSide(actor, row) ? (visibleData("resident", row.type, data) ?? state) : data;
}
