import type { DescribedPhoto } from "../../../adapters/files/file-service.ts";
import type { Uses } from "../../ports.ts";

/** Pictures by their ids; one that is gone is not in it. */
export type Photos = ReadonlyMap<string, DescribedPhoto>;

/** Looks up pictures, all of them at once. */
export async function loadPhotos({ files }: Uses<"files">, ids: readonly string[]): Promise<Photos> {
  return new Map(ids.length ? (await files.describe(ids)).map((photo) => [photo.id, photo]) : []);
}
