import { collectionOf } from "../../../kernel/collection.ts";
import type { Connection } from "mongoose";
import mongoose from "mongoose";
import { type ConsentLedger, emptyConsentLedger } from "../../domain/notify/consents.ts";
import { durable } from "../../../kernel/aggregate.ts";
import { isDuplicateKey } from "../../../kernel/object-ids.ts";
import { createLoader } from "../../../kernel/loader.ts";

type Stored = ConsentLedger & { _id: string };

const schema = new mongoose.Schema(
  {
    _id: String,
    userId: { type: String, required: true },
    templateId: { type: String, required: true },
    version: { type: Number, required: true },
    consents: { type: [mongoose.Schema.Types.Mixed], default: [] },
  },
  { collection: "consents", versionKey: false },
);
schema.index({ userId: 1 });

/** Ledgers of consents, one per person and template (`_id`: `userId:templateId`). */
export function createConsentRepository(connection: Connection) {
  const model = connection.model("Consents", schema);
  const collection = collectionOf<Stored>(model);
  const idOf = (userId: string, templateId: string): string => `${userId}:${templateId}`;

  const find = createLoader<Stored>(async (ids) => {
    const found = await collection.find({ _id: { $in: ids } }).toArray();
    return new Map(found.map((ledger) => [ledger._id, ledger]));
  });

  return {
    /** The ledger; an empty one when there is none yet. */
    async load(userId: string, templateId: string): Promise<ConsentLedger> {
      const found = await find(idOf(userId, templateId));
      if (!found) return emptyConsentLedger(userId, templateId);
      const { _id, ...ledger } = found;
      return ledger;
    },
    /**
     * Saves a ledger that was decided on version `ledger.version - 1`. False when the version has moved; nothing is
     * written then.
     */
    async save(ledger: ConsentLedger): Promise<boolean> {
      const _id = idOf(ledger.userId, ledger.templateId);
      try {
        if (ledger.version === 1) {
          await collection.insertOne({ _id, ...ledger }, { writeConcern: durable });
          return true;
        }
        const { matchedCount } = await collection.replaceOne({ _id, version: ledger.version - 1 }, ledger, {
          writeConcern: durable,
        });
        return matchedCount === 1;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    },
    /** All ledgers of these users. */
    async of(userIds: readonly string[]): Promise<ConsentLedger[]> {
      const found = await collection.find({ userId: { $in: [...userIds] } }).toArray();
      return found.map(({ _id, ...ledger }) => ledger);
    },
    /** Deletes the consents of these users. */
    async removeOf(userIds: readonly string[]): Promise<void> {
      await collection.deleteMany({ userId: { $in: [...userIds] } });
    },
  };
}
