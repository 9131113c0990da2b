import type { FileRef } from "../../../contract/index.ts";
import type { Deps } from "../../ports.ts";

/** Looks up pictures once and returns a function from ids to references with signed addresses; one that is gone is left out. */
export async function presentFiles(deps: Deps, ids: readonly string[]): Promise<(ids: readonly string[]) => FileRef[]> {
  if (!ids.length) return () => [];
  const now = deps.clock.now();
  const found = new Map((await deps.files.describe(ids)).map((file) => [file.id, file]));
  return (wanted) =>
    wanted.flatMap((id) => {
      const file = found.get(id);
      return file ? [{ id, url: deps.files.url(id, now), width: file.width, height: file.height }] : [];
    });
}
