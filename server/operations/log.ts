import { type Logger, pino } from "pino";
import { currentRequestId } from "../kernel/http/request-context.ts";

const STANDARD_OUTPUT = 1;

/**
 * Creates the log of a server; `to`: a file or descriptor instead of standard output. Writing is asynchronous and
 * batched. The remaining lines are written when the process ends; a kill loses them.
 */
export const createLog = (level: string, to: number | string = STANDARD_OUTPUT): Logger =>
  pino(
    {
      level,
      mixin: currentRequestId,
      // A line with its own requestId, such as that of a reply, is used as it is, which saves a copy.
      mixinMergeStrategy: (line, more) => ("requestId" in line ? line : { ...more, ...line }),
    },
    pino.destination({ dest: to, sync: false }),
  );
