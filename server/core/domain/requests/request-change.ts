import { type Request, type RequestGroups, blankGroups } from "./request.ts";

/** The fields of a request that a step changes. Of a group it has only the changed fields. */
export type RequestChange = Partial<Omit<Request, keyof RequestGroups>> & {
  [G in keyof RequestGroups]?: Partial<RequestGroups[G]>;
};

/** Whether a field of a request is a group. */
export const isGroup = (name: string): name is keyof RequestGroups => Object.hasOwn(blankGroups, name);

/** A request, or a change, with the given changes applied field by field; later changes win. */
export function withChanges<T extends RequestChange>(base: T, ...changes: readonly RequestChange[]): T {
  const result: Record<string, unknown> = { ...base };
  for (const [name, value] of changes.flatMap((change) => Object.entries(change)))
    result[name] = isGroup(name) ? { ...(result[name] as object | undefined), ...(value as object) } : value;
  return result as T;
}
