import { retentionPeriods } from "../../core/domain/privacy/retention-periods.ts";
import { sealedFields } from "../../core/domain/privacy/sealed-fields.ts";
import { newUserFields } from "../../core/domain/accounts/user.ts";
import { canonicalJson } from "../../kernel/canonical-json.ts";
import type { OutboxCollection } from "../../kernel/outbox-collection.ts";

type Fields = Readonly<Record<string, unknown>>;

const SEALED = "encrypted with authentication; a key rotation encrypts it anew";
const PREFERENCE = "a preference of the person, which decides nothing";

/** Whether a user has never been more than a login. */
const isNewUser = (user: Fields): boolean =>
  Object.entries(newUserFields).every(([name, value]) => canonicalJson(user[name] ?? value) === canonicalJson(value));

const every = { uncommitted: {}, unstepped: null, deleted: null } as const;

/** The collections of the core whose documents have outboxes. */
export const coreOutboxes = [
  // Communities and invitations come before the users that get posts from them, so that the log has them in that order.
  {
    collection: "communities",
    uncommitted: { templates: "reply templates, which decide nothing" },
    unstepped: null,
    deleted: null,
  },
  { collection: "invitations", ...every, deleted: { kind: "invitation", period: retentionPeriods.invitation } },
  {
    collection: "requests",
    uncommitted: {
      "dispatch.dueAt": "when the dispatcher looks again; it looks at least once a round",
      "dispatch.nextOfferRoundAt": "as above",
      erasedAt: "a mark of the retention job, which erases again when it is missing",
    },
    unstepped: null,
    deleted: null,
  },
  { collection: "request_messages", ...every },
  {
    collection: "users",
    uncommitted: {
      actingAs: PREFERENCE,
      largeText: PREFERENCE,
      devices: "known kinds of device, for the notice of a new one",
      signedOutAt: "when all logins were ended; each login has a document of its own, which is deleted",
      createdAt: "the first login",
    },
    unstepped: isNewUser,
    deleted: null,
  },
  { collection: "roster_plans", ...every },
  {
    collection: "photos",
    uncommitted: {
      state: "the progress of the content check",
      check: "as above",
      askedAt: "as above",
      traceIds: "as above",
      referenceConfirmed: "a mark of the sweep of unused pictures",
      at: "the moment of the last change of state, for the sweep",
      bytes: "0 after the bytes of a rejected picture are deleted",
    },
    // A picture has an event only when a clerk reviewed it.
    unstepped: () => true,
    deleted: { kind: "photo", period: null },
  },
  { collection: "roster_weeks", ...every },
  { collection: "leaves", ...every, deleted: { kind: "leave", period: retentionPeriods.leave } },
  { collection: "reveals", ...every },
  { collection: "logins", ...every, deleted: { kind: "login", period: retentionPeriods.login } },
  { collection: "login_failures", ...every, deleted: { kind: "login-failure", period: retentionPeriods.login } },
  { collection: "log_erasures", ...every },
] as const satisfies readonly OutboxCollection[];

/** Fields of the store in every aggregate. */
const storeFields: readonly string[] = ["_id", "version", "outbox", "outboxPartitions", "idempotency"];

/** A copy of a document without a path. */
function without(document: Fields, [name = "", ...rest]: readonly string[]): Fields {
  if (!rest.length) return Object.fromEntries(Object.entries(document).filter(([key]) => key !== name));
  const inner = document[name];
  if (inner === null || typeof inner !== "object" || Array.isArray(inner)) return document;
  return { ...document, [name]: without(inner as Fields, rest) };
}

/** The paths to which no row commits: those of the declaration and those of encrypted fields. */
export const uncommittedPaths = ({ collection, uncommitted }: OutboxCollection): Record<string, string> => ({
  ...uncommitted,
  ...Object.fromEntries(
    sealedFields
      .filter((sealed) => sealed.collection === collection)
      .flatMap(({ fields }) => Object.keys(fields))
      .map((path) => [path, SEALED]),
  ),
});

/** The fields of a stored aggregate to which the row of its last event commits. */
export type CommittedFields = (document: Fields) => Fields;

/** Creates the function that reduces the documents of a collection to their committed fields. */
export function committedFieldsOf(source: OutboxCollection): CommittedFields {
  const paths = Object.keys(uncommittedPaths(source)).map((path) => path.split("."));
  const own = (document: Fields): Fields =>
    Object.fromEntries(Object.entries(document).filter(([name]) => !storeFields.includes(name)));
  return (document) => paths.reduce(without, own(document));
}
