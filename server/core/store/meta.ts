import type { Connection } from "mongoose";
import mongoose from "mongoose";
import { isDuplicateKey } from "../../kernel/object-ids.ts";

const schema = new mongoose.Schema(
  { _id: String, value: mongoose.Schema.Types.Mixed },
  { collection: "meta", versionKey: false },
);

/** Small facts about the installation itself, such as that the demo data is in. */
export function createMetaRepository(connection: Connection) {
  const model = connection.model("Meta", schema);
  return {
    async get(name: string): Promise<unknown> {
      return (await model.findById(name).lean())?.value ?? null;
    },
    /** Takes what nobody holds at `now`, or renews one's own. False: somebody else holds it. */
    async lock(name: string, holder: string, now: Date, until: Date): Promise<boolean> {
      const free = { _id: name, $or: [{ "value.holder": holder }, { "value.until": { $lte: now } }] };
      try {
        await model.updateOne(free, { $set: { value: { holder, until } } }, { upsert: true });
        return true;
      } catch (error) {
        // It is there and not free, so that the upsert wanted to make a second one.
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
