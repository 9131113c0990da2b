import type { Connection } from "mongoose";
import mongoose from "mongoose";
import { type WorkingHours, ordinaryHours } from "../domain/calendar.ts";
import type { Community, ReplyTemplate } from "../domain/community.ts";

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

/** A catalogue changes a few times a year and is read with every step: a process may be this much behind, ms. */
const CACHE_MS = 5_000;

const toDomain = ({ _id, ...rest }: Stored): Community => ({ id: _id, workingHours: ordinaryHours, ...rest });

/** Communities with their buildings and service catalogue. */
export function createCommunityRepository(connection: Connection) {
  const model = connection.model("Community", schema);
  const collection = model.collection as unknown as mongoose.mongo.Collection<Stored>;
  const cache = new Map<string, { community: Community | null; until: number }>();

  return {
    /** The community, or null. */
    async find(id: string): Promise<Community | null> {
      const cached = cache.get(id);
      if (cached && cached.until > performance.now()) return cached.community;
      const found = await collection.findOne({ _id: id });
      const community = found ? toDomain(found) : null;
      if (community) cache.set(id, { community, until: performance.now() + CACHE_MS });
      return community;
    },
    async list(): Promise<Community[]> {
      return (await collection.find({}).sort({ _id: 1 }).toArray()).map(toDomain);
    },
    async ids(): Promise<string[]> {
      return (await collection.find({}, { projection: { _id: 1 } }).toArray()).map((c) => c._id);
    },
    async setTemplates(id: string, templates: readonly ReplyTemplate[]): Promise<void> {
      await collection.updateOne({ _id: id }, { $set: { templates } });
      cache.delete(id);
    },
    /** Writes the whole community, new or not. */
    async save({ id, ...rest }: Community): Promise<void> {
      await collection.replaceOne({ _id: id }, rest, { upsert: true });
      cache.delete(id);
    },
  };
}
