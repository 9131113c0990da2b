import type { Uses } from "../../ports.ts";

/** The names of all communities, by id. */
export const communityNames = async ({ store }: Uses<"store">): Promise<ReadonlyMap<string, string>> =>
  new Map((await store.communities.list()).map(({ id, name }) => [id, name]));
