import { useEffect, useRef } from "react";
import type { Input, RosterWeek } from "../../../contract/index.ts";
import { call } from "../../api/index.ts";
import type { Written } from "../../api/use-loaded.ts";
import { useTurns } from "../../api/use-turns.ts";

export type Changes = Input<"POST /api/communities/:id/roster/weeks/:monday/changes">["body"]["changes"];

/** Whoever is on call for some hours; null: nobody any more. */
export type Named = Pick<RosterWeek["backups"][number], "from" | "to"> & { cadreId: string | null };

type Step = { do: "change"; changes: Changes } | { do: "name"; named: Named } | { do: "reset" } | { do: "publish" };

/** What a clerk does to a week, one step after the other. Each reply is the week as it stands then, and shown at once; polls bring what others do. */
export function useWeekActs(read: RosterWeek, { put, reload }: Pick<Written<RosterWeek>, "put" | "reload">) {
  // Also between a reply and the drawing of it, when the next step is taken.
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
  const turns = useTurns(async (step: Step, idempotencyKey: string) => {
    try {
      const week = await take(step, idempotencyKey);
      newest.current = week;
      put(week);
      return week;
    } catch (thrown) {
      // A refusal means that something else is true now.
      reload();
      throw thrown;
    }
  });
  return {
    change: (changes: Changes) => turns.run({ do: "change", changes }),
    name: (named: Named) => turns.run({ do: "name", named }),
    reset: () => turns.run({ do: "reset" }),
    publish: () => turns.run({ do: "publish" }),
    busy: turns.busy,
    error: turns.error,
  };
}

function withNamed(backups: RosterWeek["backups"], { from, to, cadreId }: Named): RosterWeek["backups"] {
  const others = backups.filter((backup) => backup.from !== from || backup.to !== to);
  return cadreId === null ? others : [...others, { from, to, cadreId }];
}
