/** The lifecycle that is compared, whoever keeps it: filed, claimed by id, resolved, rated. */
export const steps = ["create", "claim", "resolve", "rate"] as const;
export type Step = (typeof steps)[number];

/** One client of a system under load: takes one step of its own lifecycle after the other. */
export interface Client {
  /** Rejects with what was answered when the step is refused. `create` gives the id that the others are called with. */
  take(step: Step, id: string): Promise<string>;
  close(): Promise<void>;
}

/** A person of the load: who files, or who serves. */
export interface Person {
  token: string;
  communityId: string;
}

/** What a resident writes; no two are alike. */
export const words = (n: number): string => `下班晚，麻烦代取第 ${n} 个包裹，取件码 8-2-${1000 + (n % 9000)}`;

export const RESULT = "包裹已放在门口的柜子里";
export const RATING = {
  outcome: "solved",
  scores: { response: 5, attitude: 5, result: 4 },
  tags: ["很快"],
  comment: "谢谢",
};
