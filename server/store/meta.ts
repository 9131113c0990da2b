import type { Connection } from "mongoose";
import mongoose from "mongoose";

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
    async set(name: string, value: unknown): Promise<void> {
      await model.updateOne({ _id: name }, { $set: { value } }, { upsert: true });
    },
  };
}
