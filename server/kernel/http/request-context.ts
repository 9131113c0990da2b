import { AsyncLocalStorage } from "node:async_hooks";

const asked = new AsyncLocalStorage<{ requestId: string }>();

/** Runs the handling of an HTTP request. Every line logged meanwhile has its id. */
export const withRequestId = <T>(requestId: string, work: () => Promise<T>): Promise<T> =>
  asked.run({ requestId }, work);

/** The id of the current HTTP request, if there is one, for the logger (`mixin` of pino). */
export const currentRequestId = (): { requestId?: string } => asked.getStore() ?? {};
