import { INSTALLATION } from "../../core/domain/audit/audit.ts";
import { searchTerms, searchableText } from "../search.ts";
import type { Uses } from "../../core/ports.ts";
import { readRow } from "../read-row.ts";

const BATCH = 200;

/**
 * Recomputes the search terms of every row of the log. Rows older than the search have none. Safe to repeat, also while
 * servers run. Returns the number of communities and rows read.
 */
export async function indexLog({ store }: Uses<"store">): Promise<{ communities: number; rows: number }> {
  const communityIds = [...(await store.communities.ids()), INSTALLATION];
  let count = 0;
  for (const communityId of communityIds) {
    for (let pos = 0; ;) {
      const rows = await store.log.after(communityId, pos, BATCH);
      const readable = rows.filter(({ payload }) => payload !== null);
      const terms = readable.map((row) => {
        const { actor, data } = readRow(row);
        return { id: row._id, pos: row.pos, terms: searchTerms(searchableText(actor, data)) };
      });
      await store.log.index(terms);
      count += rows.length;
      const last = rows.at(-1);
      if (!last) break;
      pos = last.pos;
    }
  }
  return { communities: communityIds.length, rows: count };
}
