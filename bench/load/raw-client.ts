import { type Collection, ObjectId } from "mongodb";
import { type Client, RATING, RESULT, words } from "./lifecycle.ts";

/** The same durability as the product's steps have. */
const writeConcern = { w: "majority", journal: true } as const;

/** The minimal form of the lifecycle: four durable driver writes, conditional on the state, and nothing else. */
export function rawClient(collection: Collection, n: number): Client {
  let filed = 0;
  async function write(id: string, from: string, set: Record<string, unknown>): Promise<void> {
    const query = { _id: new ObjectId(id), status: from };
    const change = { $set: set, $inc: { version: 1 } };
    if (!(await collection.findOneAndUpdate(query, change, { returnDocument: "after", writeConcern })))
      throw new Error(`not ${from}`);
  }
  return {
    async take(step, id) {
      if (step === "create") {
        const description = words(n * 1_000_000 + filed++);
        const request = {
          ...{ version: 1, status: "queued", communityId: "load-1", serviceCode: "parcel", urgency: "normal" },
          ...{ title: description, description, residentId: String(n), residentName: "测试", queueKey: Date.now() },
          ...{
            place: { building: "1号楼", unit: "1单元", room: "101" },
            contact: { name: "测试", phone: "13800000000" },
          },
          ...{ submittedAt: new Date(), handlerId: null, result: null, rating: null },
        };
        const { insertedId } = await collection.insertOne(request, { writeConcern });
        return String(insertedId);
      }
      if (step === "claim")
        await write(id, "queued", { status: "claimed", handlerId: String(n), claimedAt: new Date() });
      if (step === "resolve")
        await write(id, "claimed", { status: "resolved", result: RESULT, resolvedAt: new Date() });
      if (step === "rate") await write(id, "resolved", { status: "closed", rating: RATING, closedAt: new Date() });
      return id;
    },
    close: async () => undefined,
  };
}
