import { type Logger, pino } from "pino";
import { currentRequestId } from "../kernel/http/request-context.ts";

const STANDARD_OUTPUT = 1;

/**
 * A server's log; `to`: a file instead of the standard output. Nothing waits for a line, and those that come while
 * others are written go together. An end of the process writes what is left; a kill loses the lines of that moment.
 */
export const createLog = (level: string, to: number | string = STANDARD_OUTPUT): Logger =>
  pino(
    {
      level,
      mixin: currentRequestId,
      // A line that names its request itself, as one of each reply does, needs no new object.
      mixinMergeStrategy: (line, more) => ("requestId" in line ? line : { ...more, ...line }),
    },
    pino.destination({ dest: to, sync: false }),
  );
