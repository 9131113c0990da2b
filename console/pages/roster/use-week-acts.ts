import { useState } from "react";
import type { Input, RosterWeek } from "../../../contract/index.ts";
import { call } from "../../api/index.ts";
import { useAct } from "../../api/use-act.ts";

export type Changes = Input<"POST /api/communities/:id/roster/weeks/:monday/changes">["body"]["changes"];

type Step =
  | { do: "change"; changes: Changes }
  | { do: "name"; backups: RosterWeek["backups"] }
  | { do: "reset" }
  | { do: "publish" };

/** What a clerk does to a week. Each reply is the week as it stands then, and shown at once; polls bring what others do. */
export function useWeekActs(read: RosterWeek, reload: () => void) {
  const [after, setAfter] = useState<{ of: RosterWeek; week: RosterWeek } | null>(null);
  const params = { id: read.communityId, monday: read.monday };
  const act = useAct((step: Step, idempotencyKey: string): Promise<RosterWeek> => {
    const options = { idempotencyKey };
    switch (step.do) {
      case "change": {
        const input = { params, body: { changes: step.changes } };
        return call("POST /api/communities/:id/roster/weeks/:monday/changes", input, options);
      }
      case "name": {
        const input = { params, body: { backups: step.backups } };
        return call("PUT /api/communities/:id/roster/weeks/:monday/backups", input, options);
      }
      case "reset":
        return call("POST /api/communities/:id/roster/weeks/:monday/reset", { params }, options);
      case "publish":
        return call("POST /api/communities/:id/roster/weeks/:monday/publish", { params }, options);
    }
  });
  const run = async (step: Step): Promise<RosterWeek | undefined> => {
    const week = await act.run(step);
    if (week) setAfter({ of: read, week });
    // A refusal means that something else is true now.
    else reload();
    return week;
  };
  return {
    /** The newest known: what a step returned, until the next reading comes. */
    week: after?.of === read ? after.week : read,
    change: (changes: Changes) => run({ do: "change", changes }),
    name: (backups: RosterWeek["backups"]) => run({ do: "name", backups }),
    reset: () => run({ do: "reset" }),
    publish: () => run({ do: "publish" }),
    busy: act.busy,
    error: act.error,
  };
}
