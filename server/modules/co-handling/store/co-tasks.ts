import type { Page } from "../../../kernel/page.ts";
import type { Connection } from "mongoose";
import type mongoose from "mongoose";
import { type CoTask, type TaskState, openTaskStates } from "../domain/co-task.ts";
import { durable } from "../../../kernel/aggregate.ts";
import { aggregateCollection, aggregateRepository, toDomain } from "../../../kernel/aggregate-repository.ts";
import { newestFirst } from "../../../kernel/cursor.ts";
import { objectId } from "../../../kernel/object-ids.ts";

/** What a list of tasks may be narrowed by. */
export interface TaskFilter {
  communityIds: readonly string[];
  organization?: string;
  states?: readonly TaskState[];
}

/**
 * What an organization was asked since a moment, and what came of it; times in ms by the wall clock, null without
 * any.
 */
export interface OrganizationFigures {
  communityId: string;
  organization: string;
  asked: number;
  open: number;
  done: number;
  refused: number;
  late: number;
  responseMs: number | null;
  doneMs: number | null;
}

type Document = mongoose.mongo.Document;
const asTask = (stored: Document): CoTask => toDomain(stored) as CoTask;
/** A request has ten open ones at most; with those that are over, this is far above. */
const MAX_PER_REQUEST = 100;

/** Sub-tasks of requests for other organizations. */
export function createCoTaskRepository(connection: Connection) {
  const collection = aggregateCollection(connection, "CoTask", "co_tasks", [
    { requestId: 1, askedAt: 1 },
    { communityId: 1, askedAt: -1 },
    { communityId: 1, organization: 1, askedAt: -1 },
    { nextAt: 1 },
  ]);

  return {
    ...aggregateRepository<CoTask>(collection),

    /** Those of a request, the first asked first. */
    async ofRequest(requestId: string): Promise<CoTask[]> {
      const found = await collection.find({ requestId }).sort({ askedAt: 1, _id: 1 }).limit(MAX_PER_REQUEST).toArray();
      return found.map(asTask);
    },

    /** Newest first. */
    async list(filter: TaskFilter, limit: number, cursor?: string): Promise<Page<CoTask>> {
      const query: Record<string, unknown> = {
        communityId: { $in: [...filter.communityIds] },
        ...(filter.organization ? { organization: filter.organization } : {}),
        ...(filter.states ? { state: { $in: [...filter.states] } } : {}),
      };
      const page = await newestFirst(collection, query, "askedAt", { limit, cursor });
      return { ...page, items: page.items.map(asTask) };
    },

    /** Ids of tasks for which an escalation is due at `now`, the longest due first. */
    async due(now: Date, limit: number): Promise<string[]> {
      const found = await collection
        .find({ nextAt: { $gt: new Date(0), $lte: now } }, { projection: { _id: 1 } })
        .sort({ nextAt: 1 })
        .limit(limit)
        .toArray();
      return found.map(({ _id }) => _id.toHexString());
    },

    /** Of each organization: what it was asked at or after `since`. */
    async figures(communityIds: readonly string[], since: Date): Promise<OrganizationFigures[]> {
      const is = (state: string) => ({ $sum: { $cond: [{ $eq: ["$state", state] }, 1, 0] } });
      const after = (end: string, when: unknown) => ({
        $avg: { $cond: [when, { $subtract: [end, "$askedAt"] }, null] },
      });
      const rows = await collection
        .aggregate<Omit<OrganizationFigures, "communityId" | "organization"> & { _id: { c: string; o: string } }>([
          { $match: { communityId: { $in: [...communityIds] }, askedAt: { $gte: since } } },
          {
            $group: {
              _id: { c: "$communityId", o: "$organization" },
              asked: { $sum: 1 },
              open: { $sum: { $cond: [{ $in: ["$state", [...openTaskStates]] }, 1, 0] } },
              done: is("done"),
              refused: is("refused"),
              late: { $sum: { $cond: [{ $in: ["$escalation.level", ["overdue", "supervised"]] }, 1, 0] } },
              responseMs: after("$acceptedAt", { $gt: ["$acceptedAt", null] }),
              doneMs: after("$endedAt", { $eq: ["$state", "done"] }),
            },
          },
        ])
        .toArray();
      return rows.map(({ _id, ...rest }) => ({ communityId: _id.c, organization: _id.o, ...rest }));
    },

    /** The request that a task belongs to, or null. */
    async requestOf(id: string): Promise<string | null> {
      const found = await collection.findOne({ _id: objectId(id) }, { projection: { requestId: 1 } });
      return found ? String(found["requestId"]) : null;
    },

    /** Whether the task exists and shows the picture. */
    async shows(id: string, fileId: string): Promise<boolean> {
      const query = { _id: objectId(id), $or: [{ "progress.fileIds": fileId }, { "result.fileIds": fileId }] };
      return (await collection.findOne(query, { projection: { _id: 1 } })) !== null;
    },

    /** Erases what was written in the tasks of these requests, and their pictures. Returns their ids. */
    async erase(requestIds: readonly string[]): Promise<string[]> {
      const query = { requestId: { $in: [...requestIds] } };
      const found = await collection.find(query, { projection: { _id: 1 } }).toArray();
      await collection.updateMany(query, { $set: { text: "", reason: null, progress: [] } }, { writeConcern: durable });
      const results = { $set: { result: { text: "", fileIds: [] } } };
      await collection.updateMany({ ...query, result: { $ne: null } }, results, { writeConcern: durable });
      return found.map(({ _id }) => _id.toHexString());
    },
  };
}
