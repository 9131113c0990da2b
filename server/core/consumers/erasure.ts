import { type Forgetting, eraseFromLog, eraseRows, forgetPerson } from "../usecases/accounts/erase-person.ts";
import type { Consumer } from "../../log/consumer.ts";

/**
 * Erases what the log says of residents who closed their account: the rows before, when the closing passes by, and each that comes
 * after it. Erasing a payload leaves the chain whole. It is the last consumer, so that the others have seen the row.
 */
export function erasureConsumer(deps: Forgetting): Consumer {
  const { store } = deps;

  async function eraseAll(userId: string, at: Date): Promise<void> {
    const user = await store.users.find(userId);
    const ids = [userId, ...(user?.mergedIds ?? [])];
    await forgetPerson(deps, ids, at);
    await eraseFromLog(deps, ids);
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
      if (gone.size) await eraseRows(store, rows, gone);
    },
  };
}
