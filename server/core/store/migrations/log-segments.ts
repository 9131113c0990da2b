import { collectionNamed } from "../../../kernel/collection.ts";
import type { Connection } from "mongoose";
import type mongoose from "mongoose";
import { SEGMENT_ROWS } from "../../../log/store/log-spans.ts";
import type { Migration } from "./migration.ts";

/** Rows of so many positions at a time: none of the writes takes long. */
const STEP = 10 * SEGMENT_ROWS;

/** What rows had before is an index of every term of every row, twenty times as large. */
const FORMER_INDEX = "communityId_1_terms_1_pos_1";

/** Rows know which segment of their log they are in; a search by words looks through segments. No hash covers it. */
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

/** Names; none when the collection is not there. */
async function indexesOf(log: mongoose.mongo.Collection<mongoose.mongo.Document>): Promise<string[]> {
  if (!(await log.estimatedDocumentCount())) return [];
  return (await log.indexes()).map(({ name = "" }) => name);
}
