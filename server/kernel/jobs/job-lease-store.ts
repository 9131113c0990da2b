import type { Connection } from "mongoose";
import mongoose from "mongoose";
import type { JobLease, JobLeases } from "./job-lease.ts";
import { collectionOf } from "../collection.ts";
import { ignoreDuplicates } from "../object-ids.ts";

type Stored = Omit<JobLease, "job"> & { _id: string };

const schema = new mongoose.Schema(
  { _id: String, holder: String, token: Number, until: Date, nextRunAt: Date },
  { collection: "job_leases", versionKey: false },
);

/** The leases of jobs, one document for each job. */
export function createJobLeaseRepository(connection: Connection): JobLeases {
  const collection = collectionOf<Stored>(connection.model("JobLease", schema));
  return {
    async list() {
      return (await collection.find({}).toArray()).map(({ _id, ...lease }) => ({ job: _id, ...lease }));
    },
    async add(jobs, nextRunAt) {
      const fresh = jobs.map((_id) => ({ _id, holder: null, token: 0, until: nextRunAt, nextRunAt }));
      await ignoreDuplicates(collection.insertMany(fresh, { ordered: false }));
    },
    async replace({ job, ...before }, { job: _job, ...after }) {
      const { matchedCount } = await collection.updateOne({ _id: job, ...before }, { $set: after });
      return matchedCount === 1;
    },
    async update({ job, token, holder }, change) {
      const { matchedCount } = await collection.updateOne({ _id: job, token, holder }, { $set: change });
      return matchedCount === 1;
    },
  };
}
