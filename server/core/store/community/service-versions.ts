import { collectionOf } from "../../../kernel/collection.ts";
import type { Connection } from "mongoose";
import mongoose from "mongoose";
import { serviceVersionOf } from "../../domain/community/catalogue.ts";
import type { Service } from "../../domain/community/community.ts";
import { durable } from "../../../kernel/aggregate.ts";
import { isDuplicateKey } from "../../../kernel/object-ids.ts";

interface Stored {
  /** `community:serviceCode:version`. */
  _id: string;
  service: Service;
}

const schema = new mongoose.Schema(
  { _id: String, service: mongoose.Schema.Types.Mixed },
  { collection: "service_versions", versionKey: false },
);

/**
 * Earlier versions of services, so that a request keeps the version under which it was filed. They are written once and
 * never changed. A change stores the version that it replaces, which is the same for all writers; the current version
 * is in the community.
 */
export function createServiceVersionRepository(connection: Connection) {
  const model = connection.model("ServiceVersion", schema);
  const collection = collectionOf<Stored>(model);
  // The versions never change, so they are cached without expiry.
  const known = new Map<string, Service>();
  const idOf = (communityId: string, serviceCode: string, version: number): string =>
    `${communityId}:${serviceCode}:${version}`;

  return {
    async keep(communityId: string, service: Service): Promise<void> {
      const _id = idOf(communityId, service.serviceCode, serviceVersionOf(service));
      try {
        await collection.insertOne({ _id, service }, { writeConcern: durable });
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
      }
    },
    async find(communityId: string, serviceCode: string, version: number): Promise<Service | null> {
      const _id = idOf(communityId, serviceCode, version);
      const cached = known.get(_id);
      if (cached) return cached;
      const found = await collection.findOne({ _id });
      if (found) known.set(_id, found.service);
      return found?.service ?? null;
    },
  };
}
