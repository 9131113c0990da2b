import type { Connection } from "mongoose";
import type mongoose from "mongoose";
import { collectionNamed } from "../../../kernel/collection.ts";
import { durable } from "../../../kernel/aggregate.ts";
import { blankGroups } from "../../domain/requests/request.ts";
import type { Migration } from "./migration.ts";

type Document = mongoose.mongo.Document;

/** How many documents are read and written at a time. */
const BATCH = 500;

/** The fields that were moved from the request itself into each group; `old: new` where the name changed. */
const movedFields: Readonly<Record<keyof typeof blankGroups, Readonly<Record<string, string>>>> = {
  content: same("title", "description", "answers", "place", "contact", "timeWindow", "fileIds"),
  party: { ...same("residentName", "filedBy", "followers"), acceptedIn: "acceptedInCommunityId" },
  clocks: {
    ...same("respondBy", "resolveBy", "claimedAt", "firstContactAt", "resolvedAt", "closedAt", "dueAt"),
    ...same("escalation", "suspendedUntil"),
    rungs: "escalations",
    waitingSince: "pausedSince",
    plea: "timeRequest",
  },
  dispatch: {
    ...same("queueKey", "offer", "returnCount"),
    tried: "offeredTo",
    dispatchAt: "dueAt",
    restsUntil: "nextOfferRoundAt",
    committeeCalled: "committeeNotified",
  },
  transfer: { transfer: "pending", askedIds: "askedCommunityIds", formerIds: "formerCommunityIds" },
  handling: same("unitHead", "question", "handover", "openTasks", "coHandlers"),
  outcome: same("result", "rating", "callback", "closingReason", "reworkCount"),
};

/** Indexed paths that no longer exist. Indexes over them are dropped; the next start creates the current ones. */
const formerPaths: readonly string[] = [
  ...["queueKey", "dispatchAt", "dueAt", "closedAt", "filedBy.id", "followers.id", "transfer.to", "callback.dueBy"],
];

function same(...names: string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, name]));
}

const escalationsOf = (rungs: readonly Document[]) =>
  rungs.map(({ rung, ...rest }) => ({ ...rest, stage: rung as unknown }));

/** Fields of values that were renamed, with the conversion of each. */
const renamed: Readonly<Record<string, (value: Document) => unknown>> = {
  rungs: (rungs) => escalationsOf(rungs as Document[]),
  callback: ({ why, exceptId, ...rest }) => ({ ...rest, reason: why as unknown, excludedUserId: exceptId as unknown }),
};

/** The groups of an ungrouped request. Missing fields get the default. */
function groupsOf(request: Document): Document {
  const filled = Object.entries(movedFields).map(([group, fields]) => {
    const found = Object.entries(fields)
      .filter(([old]) => request[old] !== undefined)
      .map(([old, name]) => [name, request[old] === null ? null : (renamed[old]?.(request[old]) ?? request[old])]);
    return [group, { ...blankGroups[group as keyof typeof blankGroups], ...Object.fromEntries(found) }];
  });
  return Object.fromEntries(filled) as Document;
}

const formerFields = Object.values(movedFields)
  .flatMap((fields) => Object.keys(fields))
  .filter((name) => !Object.hasOwn(blankGroups, name));

/** A collection, the filter of its unconverted documents, and the update of one. */
interface Change {
  name: string;
  former: Document;
  update(document: Document): Document;
}

const changes: readonly Change[] = [
  {
    name: "requests",
    former: { clocks: { $exists: false } },
    update: (request) => ({
      $set: groupsOf(request),
      $unset: Object.fromEntries(formerFields.map((field) => [field, ""])),
    }),
  },
  {
    name: "co_tasks",
    former: { rungs: { $exists: true } },
    update: ({ rungs }) => ({ $set: { escalations: escalationsOf(rungs as Document[]) }, $unset: { rungs: "" } }),
  },
];

/**
 * Moves the fields of a request into groups and fills in missing ones; gives a task's escalations the names of a
 * request's. It is no step, so it writes no event and no version. Each document is changed in one write, on the
 * condition that it is unchanged since it was read. Servers of the previous version cannot read the result, so none may
 * run meanwhile.
 */
export const groupRequests: Migration = {
  to: 5,
  what: "诉求的字段按内容、当事人、时限、派单、转办、办理、结果分组存放；升级前请停掉所有服务进程",
  async count(connection) {
    const counts = changes.map(({ name, former }) => collectionOf(connection, name).countDocuments(former));
    return (await Promise.all(counts)).reduce((sum, n) => sum + n, 0);
  },
  async run(connection) {
    const requests = collectionOf(connection, "requests");
    for (const { name = "", key } of await indexesOf(requests))
      if (Object.keys(key).some((path) => formerPaths.includes(path))) await requests.dropIndex(name);
    for (const change of changes) await apply(connection, change);
  },
};

async function apply(connection: Connection, { name, former, update }: Change): Promise<void> {
  const collection = collectionOf(connection, name);
  for (;;) {
    const found = await collection.find(former).limit(BATCH).toArray();
    if (!found.length) return;
    const operations = found.map((document) => ({
      updateOne: {
        filter: { _id: document._id, version: document["version"] as number, ...former },
        update: update(document),
      },
    }));
    await collection.bulkWrite(operations, { ordered: false, writeConcern: durable });
  }
}

const collectionOf = (connection: Connection, name: string) => collectionNamed<Document>(connection, name);

/** The indexes; none when the collection does not exist. */
const indexesOf = async (requests: mongoose.mongo.Collection<Document>) =>
  (await requests.estimatedDocumentCount()) ? requests.indexes() : [];
