import type { DescribedPhoto } from "../../../adapters/files/file-service.ts";
import type { Uses } from "../../ports.ts";

/** Pictures by id, without missing ones. */
export type Photos = ReadonlyMap<string, DescribedPhoto>;

/** Loads pictures in one query. */
export async function loadPhotos({ files }: Uses<"files">, ids: readonly string[]): Promise<Photos> {
  return new Map(ids.length ? (await files.describe(ids)).map((photo) => [photo.id, photo]) : []);
}
