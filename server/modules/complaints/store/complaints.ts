import type { Connection } from "mongoose";
import type mongoose from "mongoose";
import { type Erasure, eraseAggregates } from "../../../kernel/erase-aggregates.ts";
import { aggregateCollection, aggregateRepository, toDomain } from "../../../kernel/aggregate-repository.ts";
import { newestFirst } from "../../../kernel/cursor.ts";
import type { Page } from "../../../kernel/page.ts";
import type { Complaint } from "../domain/complaint.ts";

const asComplaint = (stored: mongoose.mongo.Document): Complaint => toDomain(stored) as Complaint;

export type ComplaintRepository = ReturnType<typeof createComplaintRepository>;

/** Stores complaints (投诉). */
export function createComplaintRepository(connection: Connection) {
  const collection = aggregateCollection(connection, "Complaint", "complaints", [
    { communityId: 1, at: -1 },
    { userId: 1, at: -1 },
    { at: 1 },
  ]);

  return {
    ...aggregateRepository<Complaint>(collection),

    /**
     * A page of complaints of these users or communities, newest first; `answered` filters by whether there is an
     * answer.
     */
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

    /** Erases the texts, answers and names of complaints: those of these users, or all older than a moment. */
    async erase(of: { userIds: readonly string[] } | { before: Date }, erasure: Erasure): Promise<void> {
      const query = "userIds" in of ? { userId: { $in: [...of.userIds] } } : { at: { $lt: of.before } };
      await eraseAggregates(collection, query, "complaint.erased", erasure, (document) => {
        const { id, communityId, answer } = asComplaint(document);
        const set = { text: "", name: "", ...(answer ? { "answer.text": "" } : {}) };
        return { set, communityId, about: { kind: "complaint", id, no: null } };
      });
    },
  };
}
