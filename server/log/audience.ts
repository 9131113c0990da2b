import { declarations } from "../../contract/events.ts";
import type { Actor } from "../kernel/actor.ts";
import { type Reader, isOfOrganization, isStaff } from "../core/domain/requests/policy.ts";

/**
 * The data of an event. The catalogue says who sees which fields; fields that it does not name are for the community's
 * staff only.
 */

type Data = Readonly<Record<string, unknown>>;

/** The fields of a log row's envelope that say whom the row concerns. */
interface Row {
  type: string;
  communityId: string;
  residentId: string | null;
  filerId?: string | null | undefined;
  actorId?: string;
  organization?: string | undefined;
  followerIds?: readonly string[] | undefined;
}

/** A reader of an event or a notice. `partner`: a person of the organization that the event names. */
type AnyReader = Reader | "partner";

const audienceOf = (type: string) => declarations[type]?.audience ?? {};

const fieldsFor = (type: string, reader: Exclude<AnyReader, "staff">): readonly string[] | undefined =>
  audienceOf(type)[reader];

const pick = (data: Data, fields: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(fields.filter((field) => field in data).map((field) => [field, data[field]]));

/** Whether this kind of reader may learn that an event of the type has happened. */
export const learnsOf = (reader: AnyReader, type: string): boolean =>
  reader === "staff" || fieldsFor(type, reader) !== undefined;

/** The part of an event's data that this kind of reader may see; null: the reader may not know of the event. */
export function visibleData(reader: AnyReader, type: string, data: Data): Data | null {
  if (reader === "staff") return data;
  const fields = fieldsFor(type, reader);
  return fields ? pick(data, fields) : null;
}

const staffRoles: readonly string[] = ["cadre", "committee", "supervisor", "admin"];

/**
 * Whether a staff member's role may know of events of this type. Callback events are hidden from cadres, since a
 * callback reveals that there was a bad rating. Always true for residents and partners.
 */
export const mayHearOf = ({ role }: Pick<Actor, "role">, type: string): boolean =>
  !staffRoles.includes(role) || (audienceOf(type).staff?.hear ?? staffRoles).includes(role);

/** The types of events that this member of the staff may not know of. */
export const unheardTypes = (actor: Pick<Actor, "role">): string[] =>
  Object.keys(declarations).filter((type) => !mayHearOf(actor, type));

/** Whether the actor may know of every row, and so of their positions: a gap tells that a row was left out. */
export const hearsAll = (actor: Pick<Actor, "role">): boolean => unheardTypes(actor).length === 0;

/**
 * Whether only some staff roles may read the data of events of this type, such as a single rating and its consequences.
 */
export const isRestricted = (type: string): boolean => audienceOf(type).staff?.read !== undefined;

const reads = ({ role }: Actor, type: string): boolean =>
  (audienceOf(type).staff?.read ?? [role]).some((r) => r === role);

const onResidentsSide = (actor: Actor, { residentId, filerId = null }: Pick<Row, "residentId" | "filerId">): boolean =>
  [residentId, filerId].some((id) => id !== null && actor.ids.includes(id));

/** A follower learns of events whose audience names followers, and of the follower's own steps. */
const isFollower = (actor: Actor, { type, followerIds = [], actorId }: Row): boolean =>
  followerIds.some((id) => actor.ids.includes(id)) &&
  (learnsOf("follower", type) || (actorId !== undefined && actor.ids.includes(actorId) && learnsOf("resident", type)));

/**
 * Whether the actor may learn that a row was written. Staff follow all rows of their communities, others those that
 * concern them. Nobody follows rows that change no page. An actor on the resident's side of a request learns what the
 * resident learns, even as a staff member. A membership counts only while its role is the one in use.
 */
export function mayFollow(actor: Actor, row: Row): boolean {
  const { type, communityId, organization } = row;
  if (!isNews(type) || !mayHearOf(actor, type)) return false;
  if (onResidentsSide(actor, row)) return learnsOf("resident", type);
  const partner = organization !== undefined && isOfOrganization(actor, { communityId, organization });
  return (partner && learnsOf("partner", type)) || isFollower(actor, row) || isStaff(actor, communityId);
}

/** Whether an event of the type changes what some page shows. */
const isNews = (type: string): boolean => declarations[type]?.stale.length !== 0;

/** The data of a row that a staff member may see. It has at least the `status` of the aggregate. */
export function visibleInLog(actor: Actor, row: Row, data: Data): Data {
  const state = { status: data["status"] };
  if (!reads(actor, row.type)) return state;
  return onResidentsSide(actor, row) ? (visibleData("resident", row.type, data) ?? state) : data;
}
