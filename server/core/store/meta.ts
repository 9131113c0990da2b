import type { Connection } from "mongoose";
import mongoose from "mongoose";
import { isDuplicateKey } from "../../kernel/object-ids.ts";

const schema = new mongoose.Schema(
  { _id: String, value: mongoose.Schema.Types.Mixed },
  { collection: "meta", versionKey: false },
);

/** Small values about the installation itself, such as a mark that the demo data was loaded. */
export function createMetaRepository(connection: Connection) {
  const model = connection.model("Meta", schema);
  return {
    async get(name: string): Promise<unknown> {
      return (await model.findById(name).lean())?.value ?? null;
    },
    /** Takes a lock that is free at `now`, or renews the holder's own. False when another holder has it. */
    async lock(name: string, holder: string, now: Date, until: Date): Promise<boolean> {
      const free = { _id: name, $or: [{ "value.holder": holder }, { "value.until": { $lte: now } }] };
      try {
        await model.updateOne(free, { $set: { value: { holder, until } } }, { upsert: true });
        return true;
      } catch (error) {
        // The lock exists and is not free, so the upsert tried to insert a second one.
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    async unlock(name: string, holder: string): Promise<void> {
      await model.deleteOne({ _id: name, "value.holder": holder });
    },
    async remove(name: string): Promise<void> {
      await model.deleteOne({ _id: name });
    },
    async names(): Promise<string[]> {
      return (await model.find({}, { _id: 1 }).lean()).map(({ _id }) => String(_id));
    },
    async set(name: string, value: unknown): Promise<void> {
      await model.updateOne({ _id: name }, { $set: { value } }, { upsert: true });
    },
  };
}
