import { useEffect, useRef } from "react";
import type { Input, RosterWeek } from "../../../contract/index.ts";
import { call } from "../../api/index.ts";
import type { Written } from "../../api/use-query.ts";
import { useQueuedMutations } from "../../api/use-queued-mutations.ts";

export type Changes = Input<"POST /api/communities/:id/roster/weeks/:monday/changes">["body"]["changes"];

/** The backup for a span. Null: no backup any more. */
export type Named = Pick<RosterWeek["backups"][number], "from" | "to"> & { cadreId: string | null };

type Step = { do: "change"; changes: Changes } | { do: "name"; named: Named } | { do: "reset" } | { do: "publish" };

/**
 * Edits of a week, taken one after the other. Each reply has the new week, which is shown at once. Changes by others
 * come with the polls.
 */
export function useWeekMutations(read: RosterWeek, { put, reload }: Pick<Written<RosterWeek>, "put" | "reload">) {
  // A ref, because the next edit may begin after a reply and before the next render.
  const newest = useRef(read);
  useEffect(() => {
    newest.current = read;
  }, [read]);
  const params = { id: read.communityId, monday: read.monday };
  const take = (step: Step, idempotencyKey: string): Promise<RosterWeek> => {
    const options = { idempotencyKey };
    switch (step.do) {
      case "change": {
        const input = { params, body: { changes: step.changes } };
        return call("POST /api/communities/:id/roster/weeks/:monday/changes", input, options);
      }
      case "name": {
        const { backups } = newest.current.monday === read.monday ? newest.current : read;
        const input = { params, body: { backups: withNamed(backups, step.named) } };
        return call("PUT /api/communities/:id/roster/weeks/:monday/backups", input, options);
      }
      case "reset":
        return call("POST /api/communities/:id/roster/weeks/:monday/reset", { params }, options);
      case "publish":
        return call("POST /api/communities/:id/roster/weeks/:monday/publish", { params }, options);
    }
  };
  const queue = useQueuedMutations(async (step: Step, idempotencyKey: string) => {
    try {
      const week = await take(step, idempotencyKey);
      newest.current = week;
      put(week);
      return week;
    } catch (thrown) {
      // A refused edit means that the shown week is out of date.
      reload();
      throw thrown;
    }
  });
  return {
    change: (changes: Changes) => queue.run({ do: "change", changes }),
    name: (named: Named) => queue.run({ do: "name", named }),
    reset: () => queue.run({ do: "reset" }),
    publish: () => queue.run({ do: "publish" }),
    busy: queue.busy,
    error: queue.error,
  };
}

function withNamed(backups: RosterWeek["backups"], { from, to, cadreId }: Named): RosterWeek["backups"] {
  const others = backups.filter((backup) => backup.from !== from || backup.to !== to);
  return cadreId === null ? others : [...others, { from, to, cadreId }];
}
