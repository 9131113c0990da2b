import { collectionNamed } from "../../../kernel/collection.ts";
import type { Connection } from "mongoose";
import type mongoose from "mongoose";
import { SEGMENT_ROWS } from "../../../log/store/log-spans.ts";
import type { Migration } from "./migration.ts";

/** How many positions one write covers, so that no write takes long. */
const STEP = 10 * SEGMENT_ROWS;

/** The earlier index of every term of every row. It is twenty times as large. */
const FORMER_INDEX = "communityId_1_terms_1_pos_1";

/**
 * Adds to each row of the log the segment that it is in, since the search by words goes through segments. No hash
 * covers the field.
 */
export const segmentLog: Migration = {
  to: 2,
  what: "台账的每一行补上所在的段，按词检索从此按段查找（索引小得多）",
  count: (connection) => logOf(connection).countDocuments({ segment: { $exists: false } }),
  async run(connection) {
    const log = logOf(connection);
    for (const communityId of (await log.distinct("communityId")) as string[]) {
      const last = await log.findOne({ communityId }, { sort: { pos: -1 }, projection: { pos: 1 } });
      for (let from = 0; from <= Number(last?.["pos"] ?? -1); from += STEP)
        await log.updateMany({ communityId, pos: { $gte: from, $lt: from + STEP }, segment: { $exists: false } }, [
          { $set: { segment: { $toInt: { $floor: { $divide: ["$pos", SEGMENT_ROWS] } } } } },
        ]);
    }
    if ((await indexesOf(log)).includes(FORMER_INDEX)) await log.dropIndex(FORMER_INDEX);
  },
};

const logOf = (connection: Connection) => collectionNamed<mongoose.mongo.Document>(connection, "service_log");

/** The names of the indexes; none when the collection does not exist. */
async function indexesOf(log: mongoose.mongo.Collection<mongoose.mongo.Document>): Promise<string[]> {
  if (!(await log.estimatedDocumentCount())) return [];
  return (await log.indexes()).map(({ name = "" }) => name);
}
