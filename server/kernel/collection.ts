import type { Connection, mongo } from "mongoose";

/**
 * A model's collection with the type of its stored documents. Mongoose's own type has only the fields of the schema.
 */
export const collectionOf = <Stored extends mongo.Document = mongo.Document>({
  collection,
}: {
  collection: unknown;
}): mongo.Collection<Stored> => collection as mongo.Collection<Stored>;

/** The collection of that name with the type of its stored documents. */
export const collectionNamed = <Stored extends mongo.Document = mongo.Document>(
  connection: Connection,
  name: string,
): mongo.Collection<Stored> => collectionOf<Stored>({ collection: connection.collection(name) });
