import type { IncomingMessage, ServerResponse } from "node:http";
import { refusal } from "./answer.ts";

/**
 * How a call fails: with an error code, a closed connection, a reply that is not JSON, no reply, or a reply that is
 * `slow` ms late.
 */
export type Fault = number | "hang up" | "no json" | "silence" | { slow: number };

/** A queue of faults, each for one call. */
export function createFaults() {
  const queue: { how: Fault; path: string | undefined }[] = [];
  return {
    next(how: Fault, path?: string): void {
      queue.push({ how, path });
    },
    /** Plays the first fault in the queue for this path. True: the call was answered by it, or will not be answered. */
    async play(path: string, request: IncomingMessage, response: ServerResponse): Promise<boolean> {
      const index = queue.findIndex((fault) => fault.path === undefined || fault.path === path);
      const [fault] = index === -1 ? [] : queue.splice(index, 1);
      if (!fault) return false;
      const { how } = fault;
      if (how === "hang up") request.socket.destroy();
      else if (how === "no json") response.end("<html>502</html>");
      else if (typeof how === "number") response.end(JSON.stringify(refusal(how, "fault")));
      else if (how !== "silence") {
        await new Promise((resolve) => setTimeout(resolve, how.slow));
        return false;
      }
      return true;
    },
  };
}
