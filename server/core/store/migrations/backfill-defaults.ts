import { collectionNamed } from "../../../kernel/collection.ts";
import type { Connection } from "mongoose";
import type mongoose from "mongoose";
import { fieldDefaults } from "../requests/request-schema.ts";
import type { Migration } from "./migration.ts";

/**
 * Requests say nothing of what came after them (offers, tasks, callbacks …): they are read as if it had not happened,
 * but a query or an index does not see them so. From here on every request says it. No step, so no event and no
 * version.
 */
export const backfillDefaults: Migration = {
  to: 1,
  what: "早期的诉求补上后来才有的字段（派单、协办、回访、转办等），按“没有发生”填写",
  count: (connection) =>
    requestsOf(connection).countDocuments({ $or: fields.map(([field]) => ({ [field]: { $exists: false } })) }),
  async run(connection) {
    for (const [field, value] of fields)
      await requestsOf(connection).updateMany({ [field]: { $exists: false } }, { $set: { [field]: value } });
  },
};

const fields = Object.entries(fieldDefaults);

const requestsOf = (connection: Connection) => collectionNamed<mongoose.mongo.Document>(connection, "requests");
