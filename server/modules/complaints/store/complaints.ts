import type { Connection } from "mongoose";
import type mongoose from "mongoose";
import { durable } from "../../../kernel/aggregate.ts";
import { aggregateCollection, aggregateRepository, toDomain } from "../../../kernel/aggregate-repository.ts";
import { newestFirst } from "../../../kernel/cursor.ts";
import type { Page } from "../../../kernel/page.ts";
import type { Complaint } from "../domain/complaint.ts";

const asComplaint = (stored: mongoose.mongo.Document): Complaint => toDomain(stored) as Complaint;

export type ComplaintRepository = ReturnType<typeof createComplaintRepository>;

/** Complaints (投诉). */
export function createComplaintRepository(connection: Connection) {
  const collection = aggregateCollection(connection, "Complaint", "complaints", [
    { communityId: 1, at: -1 },
    { userId: 1, at: -1 },
    { at: 1 },
  ]);

  return {
    ...aggregateRepository<Complaint>(collection),

    /** Newest first: of these users, or of these communities; `answered` narrows. */
    async list(
      of: { userIds: readonly string[] } | { communityIds: readonly string[] },
      answered: boolean | undefined,
      limit: number,
      cursor?: string,
    ): Promise<Page<Complaint>> {
      const query: Record<string, unknown> =
        "userIds" in of ? { userId: { $in: [...of.userIds] } } : { communityId: { $in: [...of.communityIds] } };
      if (answered !== undefined) query["answer"] = answered ? { $ne: null } : null;
      const page = await newestFirst(collection, query, "at", { limit, cursor });
      return { ...page, items: page.items.map(asComplaint) };
    },

    /** Erases the words of complaints and of the answers to them, and the names: of these users, or all from before a moment. */
    async erase(of: { userIds: readonly string[] } | { before: Date }): Promise<void> {
      const query = "userIds" in of ? { userId: { $in: [...of.userIds] } } : { at: { $lt: of.before } };
      await collection.updateMany(query, { $set: { text: "", name: "" } }, { writeConcern: durable });
      await collection.updateMany({ ...query, answer: { $ne: null } }, { $set: { "answer.text": "" } });
    },
  };
}
