import type mongoose from "mongoose";
import { writeStep } from "./aggregate.ts";
import { canonicalJson } from "./canonical-json.ts";
import { refuse } from "./errors.ts";
import type { About, DomainEvent, EventContent } from "./event.ts";
import { MAX_ATTEMPTS } from "./step-runner.ts";
import { system } from "./actor.ts";
import type { ErasureRule } from "../../contract/events.ts";

type Document = mongoose.mongo.Document;

/** Why and when data are erased. */
export interface Erasure {
  rule: ErasureRule;
  at: Date;
}

/** What is erased from an aggregate. */
export interface Emptied {
  /** The fields by path, with their empty values. */
  set: Document;
  /** Encrypted empty values, which are set too but are never equal to those before. */
  sealed?: Document;
  /** In whose log the erasure is recorded. */
  communityId: string;
  about: About;
}

const BATCH = 200;
/** How many aggregates are erased at the same time. */
const CONCURRENCY = 20;

const valueAt = (document: Document, path: string): unknown =>
  path.split(".").reduce<unknown>((value, key) => (value as Document | null | undefined)?.[key], document);

const changes = (document: Document, set: Document): boolean =>
  Object.entries(set).some(
    ([path, value]) => canonicalJson(valueAt(document, path) ?? null) !== canonicalJson(value ?? null),
  );

/**
 * Empties fields of the aggregates that `query` finds. Each is a conditional write with an event of the type
 * `content.type`, so that the log commits to the state afterwards. An aggregate without anything to erase is left as it
 * is. It can be repeated. Returns the ids of all aggregates found. Throws `write.contended`.
 */
export async function eraseAggregates(
  collection: mongoose.mongo.Collection<Document>,
  query: Document,
  type: Extract<EventContent, { data: { rule: ErasureRule } }>["type"],
  { rule, at }: Erasure,
  emptied: (document: Document) => Emptied,
): Promise<string[]> {
  const ids: string[] = [];

  async function erase(found: Document): Promise<void> {
    let document: Document | null = found;
    for (let attempt = 0; attempt < MAX_ATTEMPTS && document; attempt++) {
      const { set, sealed = {}, communityId, about } = emptied(document);
      if (!changes(document, set)) return;
      const event = {
        version: (document["version"] as number) + 1,
        ...{ type, at, communityId, about, data: { rule } },
        ...{ requestId: about.kind === "request" ? about.id : null, requestNo: about.no, serviceCode: null },
        actor: { id: system.userId, role: system.role, name: system.name },
        subjects: { residentId: null, handlerId: null, previousHandlerId: null },
      } as DomainEvent;
      if (await writeStep(collection, document["_id"] as never, { ...set, ...sealed }, event, null)) return;
      document = await collection.findOne({ _id: document["_id"] as never });
    }
    if (document) refuse("write.contended");
  }

  for (let after: unknown = null; ;) {
    const page = after === null ? query : { $and: [query, { _id: { $gt: after } }] };
    const found = await collection.find(page).sort({ _id: 1 }).limit(BATCH).toArray();
    for (let n = 0; n < found.length; n += CONCURRENCY)
      await Promise.all(found.slice(n, n + CONCURRENCY).map((document) => erase(document)));
    ids.push(...found.map(({ _id }) => String(_id)));
    after = found.at(-1)?._id ?? null;
    if (found.length < BATCH) return ids;
  }
}
