export type Outcome = "solved" | "partly" | "unsolved";

/** A resident's rating. Scores are 1 to 5. */
export interface Rating {
  outcome: Outcome;
  scores: { response: number; attitude: number; result: number };
  tags: readonly string[];
  comment: string;
  at: Date;
}

/** The result of a callback: the resident is satisfied, is not, or was not reached. In the last case it stays due. */
export const callbackResults = ["satisfied", "unsatisfied", "unreached"] as const;
export type CallbackResult = (typeof callbackResults)[number];

/** A callback (回访) after a bad rating, by somebody whose work was not rated. */
export interface Callback {
  reason: "unsolved" | "low-score";
  dueBy: Date;
  /** The handler whose work was rated. This user does not make the call. */
  excludedUserId: string | null;
  /** How many calls reached nobody. */
  attempts: number;
  /** Whether the committee was told that it is late. */
  late: boolean;
  made: { at: Date; byId: string; byName: string; answer: Exclude<CallbackResult, "unreached">; text: string } | null;
}

/** The result, the rating and what follows from it. */
export interface RequestOutcome {
  result: { text: string; fileIds: readonly string[] } | null;
  rating: Rating | null;
  /** The callback for the last rating; null when it calls for none. */
  callback: Callback | null;
  /** Why the request was withdrawn or rejected. */
  closingReason: string | null;
  reworkCount: number;
}

/** The defaults of a request that has not ended. */
export const blankOutcome = {
  result: null,
  rating: null,
  callback: null,
  closingReason: null,
  reworkCount: 0,
} satisfies RequestOutcome;
