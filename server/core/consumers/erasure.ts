import { type ErasurePorts, eraseFromLog, erasePerson, eraseRowsOf } from "../usecases/accounts/erase-person.ts";
import { dropFormerStates } from "../../log/erase-rows.ts";
import type { Consumer } from "../../log/consumer.ts";

/**
 * Erases from the log the personal data of residents who closed their accounts: earlier rows when `account.closed`
 * arrives, and every later row as it arrives. The chain still verifies after payloads are erased. This consumer is the
 * last one, so that the others read a row before it is erased.
 */
export function erasureConsumer(deps: ErasurePorts): Consumer {
  const { store } = deps;

  async function eraseAll(userId: string, at: Date): Promise<void> {
    const user = await store.users.find(userId);
    const ids = [userId, ...(user?.mergedIds ?? [])];
    await erasePerson(deps, ids, at);
    await eraseFromLog(deps, ids, at);
  }

  return {
    name: "erasure",
    async consume(rows) {
      for (const { type, residentId, at } of rows) {
        if (type === "account.closed" && residentId) await eraseAll(residentId, at);
      }
      const last = rows.at(-1);
      if (!last) return;
      const residents = new Set(
        rows.flatMap(({ residentId, filerId, followerIds = [] }) =>
          [residentId, filerId, ...followerIds].filter((id) => typeof id === "string"),
        ),
      );
      const gone = await store.users.closedAmong([...residents]);
      if (gone.size) {
        // A document that was written at the moment of the closing is erased here, too.
        await erasePerson(deps, [...gone], last.at);
        await eraseRowsOf(store, rows, gone, last.at);
      }
      await dropFormerStates(store, rows);
    },
  };
}
