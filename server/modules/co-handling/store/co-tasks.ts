import type { Page } from "../../../kernel/page.ts";
import type { Connection } from "mongoose";
import type mongoose from "mongoose";
import { type CoTask, type TaskState, openTaskStates } from "../domain/co-task.ts";
import { type Erasure, eraseAggregates } from "../../../kernel/erase-aggregates.ts";
import { aggregateCollection, aggregateRepository, toDomain } from "../../../kernel/aggregate-repository.ts";
import { newestFirst } from "../../../kernel/cursor.ts";
import { objectId } from "../../../kernel/object-ids.ts";

/** The filters of a list of tasks. */
export interface TaskFilter {
  communityIds: readonly string[];
  organization?: string;
  states?: readonly TaskState[];
}

/**
 * Figures of an organization's tasks since a moment. Times are averages in ms of wall-clock time; null without tasks.
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
/** Far above what a request has: at most ten open tasks and those that have ended. */
const MAX_PER_REQUEST = 100;

export type CoTaskRepository = ReturnType<typeof createCoTaskRepository>;

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

    /** The tasks of a request, the oldest first. */
    async ofRequest(requestId: string): Promise<CoTask[]> {
      const found = await collection.find({ requestId }).sort({ askedAt: 1, _id: 1 }).limit(MAX_PER_REQUEST).toArray();
      return found.map(asTask);
    },

    /** A page of tasks, newest first. */
    async list(filter: TaskFilter, limit: number, cursor?: string): Promise<Page<CoTask>> {
      const query: Record<string, unknown> = {
        communityId: { $in: [...filter.communityIds] },
        ...(filter.organization ? { organization: filter.organization } : {}),
        ...(filter.states ? { state: { $in: [...filter.states] } } : {}),
      };
      const page = await newestFirst(collection, query, "askedAt", { limit, cursor });
      return { ...page, items: page.items.map(asTask) };
    },

    /** Ids of tasks with an escalation due at `now`, the longest due first. */
    async due(now: Date, limit: number): Promise<string[]> {
      const found = await collection
        .find({ nextAt: { $gt: new Date(0), $lte: now } }, { projection: { _id: 1 } })
        .sort({ nextAt: 1 })
        .limit(limit)
        .toArray();
      return found.map(({ _id }) => _id.toHexString());
    },

    /** The figures of each organization's tasks that were asked at or after `since`. */
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

    /** The request id of a task, or null. */
    async requestOf(id: string): Promise<string | null> {
      const found = await collection.findOne({ _id: objectId(id) }, { projection: { requestId: 1 } });
      return found ? String(found["requestId"]) : null;
    },

    /** Whether the task exists and has this picture. */
    async shows(id: string, fileId: string): Promise<boolean> {
      const query = { _id: objectId(id), $or: [{ "progress.fileIds": fileId }, { "result.fileIds": fileId }] };
      return (await collection.findOne(query, { projection: { _id: 1 } })) !== null;
    },

    /** Erases the words and picture ids of the tasks of these requests. Returns the task ids. */
    erase(requestIds: readonly string[], erasure: Erasure): Promise<string[]> {
      const query = { requestId: { $in: [...requestIds] } };
      return eraseAggregates(collection, query, "task.erased", erasure, (document) => {
        const { id, communityId, result } = toDomain(document) as CoTask;
        const words = { text: "", reason: null, progress: [] };
        const set = { ...words, ...(result ? { result: { text: "", fileIds: [] } } : {}) };
        return { set, communityId, about: { kind: "task", id, no: null } };
      });
    },
  };
}
