import type { Connection } from "mongoose";
import type { Migration } from "./migration.ts";

const NAME = "jobs";

/**
 * Drops the collection of the earlier scheduler, since jobs now run on leases (`job_leases`). A server of the previous
 * version that still runs starts no more jobs from here on, so no job runs in both.
 */
export const dropAgendaJobs: Migration = {
  to: 3,
  what: "删去旧调度器的记录，定时任务改用租约",
  count: async (connection) => ((await isThere(connection)) ? connection.collection(NAME).countDocuments({}) : 0),
  async run(connection) {
    if (await isThere(connection)) await connection.dropCollection(NAME);
  },
};

const isThere = async (connection: Connection): Promise<boolean> =>
  (await connection.listCollections()).some(({ name }) => name === NAME);
