import type { LogRow } from "../store/log.ts";
import { type Forgetting, forgetPerson, holdsPersonalData } from "../usecases/account/erase-person.ts";
import type { Consumer } from "./consumer.ts";

const BATCH = 200;

/**
 * Erases what the log says of residents who closed their account: the rows before, when the closing passes by, and each that comes
 * after it. Erasing a payload leaves the chain whole (keystone 3). It is the last consumer, so that the others have seen the row.
 */
export function erasureConsumer(deps: Forgetting): Consumer {
  const { store } = deps;

  async function erase(rows: readonly LogRow[], gone: ReadonlySet<string>): Promise<void> {
    const ids = rows.filter((row) => holdsPersonalData(row, gone)).map(({ _id }) => _id);
    if (ids.length) await store.log.erase(ids);
  }

  async function eraseAll(userId: string, at: Date): Promise<void> {
    const user = await store.users.find(userId);
    const ids = [userId, ...(user?.mergedIds ?? [])];
    await forgetPerson(deps, ids, at);
    for (let after: string | undefined; ;) {
      const rows = await store.log.ofResidents(ids, BATCH, after);
      await erase(rows, new Set(ids));
      after = rows.at(-1)?._id;
      if (after === undefined) return;
    }
  }

  return {
    name: "erasure",
    async consume(rows) {
      for (const { type, residentId, at } of rows) {
        if (type === "account.closed" && residentId) await eraseAll(residentId, at);
      }
      const residents = new Set(
        rows.flatMap(({ residentId, filerId, followerIds = [] }) =>
          [residentId, filerId, ...followerIds].filter((id) => typeof id === "string"),
        ),
      );
      const gone = await store.users.closedAmong([...residents]);
      if (gone.size) await erase(rows, gone);
    },
  };
}
