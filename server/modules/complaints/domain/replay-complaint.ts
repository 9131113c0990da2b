import { type AggregateReplay, sortSteps } from "../../../kernel/replay.ts";
import { instant } from "../../../kernel/replay-state.ts";
import type { Complaint } from "./complaint.ts";

type Field = "residentId" | "filedAt" | "answeredAt" | "answeredBy";

/** The replay of a complaint from its steps: filed and, possibly, answered. The log does not have its text. */
export const complaintReplay: AggregateReplay<Complaint, Field> = {
  collection: "complaints",
  unread: ["text", "name", "answer.text", "answer.byName"],
  nameOf: () => "投诉",
  labels: { residentId: "投诉人", filedAt: "提出投诉的时间", answeredAt: "答复的时间", answeredBy: "答复的人" },
  stateOf: ({ userId, at, answer }) => ({
    residentId: userId,
    filedAt: instant(at),
    answeredAt: instant(answer?.at),
    answeredBy: answer?.byId ?? null,
  }),
  replay(steps) {
    const [filed, answered] = sortSteps(steps);
    return {
      residentId: filed?.residentId ?? undefined,
      filedAt: filed && instant(filed.at),
      answeredAt: instant(answered?.at),
      answeredBy: answered?.actorId ?? null,
    };
  },
};
