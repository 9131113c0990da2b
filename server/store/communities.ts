import type { Connection } from "mongoose";
import mongoose from "mongoose";
import { type WorkingHours, ordinaryHours } from "../domain/calendar.ts";
import type { Community, ReplyTemplate } from "../domain/community.ts";
import { createShortCache } from "./short-cache.ts";

const schema = new mongoose.Schema(
  {
    _id: String,
    name: { type: String, required: true },
    subdistrict: { type: String, required: true, index: true },
    phone: String,
    address: String,
    officeHours: String,
    workingHours: mongoose.Schema.Types.Mixed,
    buildings: { type: [mongoose.Schema.Types.Mixed], default: [] },
    services: { type: [mongoose.Schema.Types.Mixed], default: [] },
    templates: { type: [mongoose.Schema.Types.Mixed], default: [] },
  },
  { collection: "communities", versionKey: false },
);

type Stored = Omit<Community, "id" | "workingHours"> & { _id: string; workingHours?: WorkingHours };

const toDomain = ({ _id, ...rest }: Stored): Community => ({ id: _id, workingHours: ordinaryHours, ...rest });

/** Communities with their buildings and service catalogue. */
export function createCommunityRepository(connection: Connection) {
  const model = connection.model("Community", schema);
  const collection = model.collection as unknown as mongoose.mongo.Collection<Stored>;
  const cache = createShortCache(async (id) => {
    const found = await collection.findOne({ _id: id });
    return found && toDomain(found);
  });

  return {
    /** The community or null, at most 5 s old unless this process changed it. */
    find: cache.get,
    async list(): Promise<Community[]> {
      return (await collection.find({}).sort({ _id: 1 }).toArray()).map(toDomain);
    },
    async ids(): Promise<string[]> {
      return (await collection.find({}, { projection: { _id: 1 } }).toArray()).map((c) => c._id);
    },
    async setTemplates(id: string, templates: readonly ReplyTemplate[]): Promise<void> {
      await collection.updateOne({ _id: id }, { $set: { templates } });
      cache.forget(id);
    },
    /** Writes the whole community, new or not. */
    async save({ id, ...rest }: Community): Promise<void> {
      await collection.replaceOne({ _id: id }, rest, { upsert: true });
      cache.forget(id);
    },
  };
}
