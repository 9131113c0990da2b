import { collectionOf } from "../../../kernel/collection.ts";
import type { Page } from "../../../kernel/page.ts";
import type { Connection } from "mongoose";
import mongoose from "mongoose";
import { newestFirst } from "../../../kernel/cursor.ts";
import { ignoreDuplicates } from "../../../kernel/object-ids.ts";
import { createLoader } from "../../../kernel/loader.ts";

/** A notice to one user. `_id` is `eventId:userId`, so that a notice is stored once. */
export interface StoredNotice {
  _id: string;
  userId: string;
  at: Date;
  type: string;
  requestId: string | null;
  requestNo: string | null;
  /** The actor's name in the form that this user may see. */
  actorName: string;
  actorRole: string;
  /** The relation in which the user is notified, where it changes the sentence. */
  reader: "resident" | "committee" | "supervisor" | "filer" | "partner" | "follower" | null;
  /** The partner organization (协办单位) that the notice is about, if any. */
  organization?: string;
  /** For that organization's people: the co-handling task. */
  taskId?: string;
  /** For roster events: a day of the week that the notice is about. */
  day?: string;
  /** A cadre other than the actor whom the event names. Cadres' names are public. */
  named?: string;
  /** The event's position in the community's log. With `_id` it gives the order. */
  pos: number;
  readAt: Date | null;
}

const schema = new mongoose.Schema(
  {
    _id: String,
    userId: { type: String, required: true },
    at: { type: Date, required: true },
    type: { type: String, required: true },
    requestId: String,
    requestNo: String,
    actorName: String,
    actorRole: String,
    reader: String,
    organization: String,
    taskId: String,
    day: String,
    named: String,
    pos: Number,
    readAt: Date,
  },
  { collection: "notices", versionKey: false },
);
schema.index({ userId: 1, at: -1 });
schema.index({ requestId: 1, at: 1 });
schema.index({ at: 1 });
schema.index({ userId: 1, requestId: 1 }, { partialFilterExpression: { readAt: null }, name: "unread" });

const MAX_PAGE = 300;
/** The batch size of a read; all results come in one reply. */
const ONE_ANSWER = 10_000;

/** The inbox notices. */
export function createNoticeRepository(connection: Connection) {
  const model = connection.model("Notice", schema);
  const collection = collectionOf<StoredNotice>(model);

  /** The number of one person's unread notices about one request, by `requestId:userId`. */
  const unread = createLoader<number>(async (keys) => {
    const pairs = keys.map((key) => key.split(":") as [string, string]);
    const users = [...new Set(pairs.map(([, userId]) => userId))];
    const requests = [...new Set(pairs.map(([requestId]) => requestId))];
    const found = await collection
      .find(
        { userId: { $in: users }, requestId: { $in: requests }, readAt: null },
        { projection: { _id: 0, userId: 1, requestId: 1 } },
      )
      .batchSize(ONE_ANSWER)
      .toArray();
    const counts = new Map<string, number>();
    for (const { requestId, userId } of found)
      counts.set(`${requestId}:${userId}`, (counts.get(`${requestId}:${userId}`) ?? 0) + 1);
    return counts;
  });

  return {
    /** Adds the notices that are not stored yet. */
    async add(notices: readonly StoredNotice[]): Promise<void> {
      if (!notices.length) return;
      await ignoreDuplicates(collection.insertMany([...notices], { ordered: false }));
    },
    /** The notices of these users, newest first. */
    async list(userIds: readonly string[], limit: number, cursor?: string): Promise<Page<StoredNotice>> {
      return newestFirst(collection, { userId: { $in: [...userIds] } }, "at", { limit, cursor, ids: "text" });
    },
    /** The notices of all users about one request, oldest first. */
    async ofRequest(requestId: string): Promise<StoredNotice[]> {
      return collection.find({ requestId }).sort({ at: 1, _id: 1 }).limit(MAX_PAGE).toArray();
    },
    async unread(userIds: readonly string[]): Promise<number> {
      return collection.countDocuments({ userId: { $in: [...userIds] }, readAt: null });
    },
    /** Unread notices by request, for these requests. */
    async unreadByRequest(userIds: readonly string[], requestIds: readonly string[]): Promise<Map<string, number>> {
      const counts = requestIds.map(async (requestId) => {
        const lists = await Promise.all(userIds.map((userId) => unread(`${requestId}:${userId}`)));
        return [requestId, lists.reduce((sum: number, n) => sum + (n ?? 0), 0)] as const;
      });
      return new Map((await Promise.all(counts)).filter(([, n]) => n > 0));
    },
    /** Deletes notices of events before `before`. */
    async removeBefore(before: Date): Promise<void> {
      await collection.deleteMany({ at: { $lt: before } });
    },
    async removeOf(userIds: readonly string[]): Promise<void> {
      await collection.deleteMany({ userId: { $in: [...userIds] } });
    },
    /** Marks notices as read: the given ids, those of a request, or all of the users'. */
    async markRead(
      userIds: readonly string[],
      which: { ids?: readonly string[] | undefined; requestId?: string | undefined },
      at: Date,
    ): Promise<void> {
      await collection.updateMany(
        {
          userId: { $in: [...userIds] },
          readAt: null,
          ...(which.ids ? { _id: { $in: [...which.ids] } } : {}),
          ...(which.requestId ? { requestId: which.requestId } : {}),
        },
        { $set: { readAt: at } },
      );
    },
  };
}
