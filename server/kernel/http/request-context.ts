import { AsyncLocalStorage } from "node:async_hooks";

const asked = new AsyncLocalStorage<{ requestId: string }>();

/** Runs what a request sets off; each line that is logged meanwhile carries its id. */
export const withRequestId = <T>(requestId: string, work: () => Promise<T>): Promise<T> =>
  asked.run({ requestId }, work);

/** For the logger (`mixin` of pino): the id of the request under way, if there is one. */
export const currentRequestId = (): { requestId?: string } => asked.getStore() ?? {};
