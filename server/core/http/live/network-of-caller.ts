import type { IncomingMessage } from "node:http";
import { networkOf } from "../../domain/privacy/mask.ts";

/**
 * Whose connection it is; of what a proxy has forwarded only the last entry is its own word, as for the API
 * (`createApp`).
 */
export function networkOfCaller({ headers, socket }: IncomingMessage, behindProxy: boolean): string {
  const forwarded = behindProxy ? headers["x-forwarded-for"] : undefined;
  const last = [forwarded ?? []].flat().join(",").split(",").at(-1)?.trim();
  return networkOf(last || (socket.remoteAddress ?? ""));
}
