import type { Connection, mongo } from "mongoose";

/** A model's collection, with the type of what is stored in it: Mongoose's own type knows only what its schema says. */
export const collectionOf = <Stored extends mongo.Document = mongo.Document>({
  collection,
}: {
  collection: unknown;
}): mongo.Collection<Stored> => collection as mongo.Collection<Stored>;

/** The collection of that name, with the type of what is stored in it. */
export const collectionNamed = <Stored extends mongo.Document = mongo.Document>(
  connection: Connection,
  name: string,
): mongo.Collection<Stored> => collectionOf<Stored>({ collection: connection.collection(name) });
