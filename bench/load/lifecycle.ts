/** The compared lifecycle, the same for every system: filed, claimed by id, resolved, rated. */
export const steps = ["create", "claim", "resolve", "rate"] as const;
export type Step = (typeof steps)[number];

/** A client of a system under load. It takes the steps of its own lifecycles one after the other. */
export interface Client {
  /** Takes a step. Rejects with the reply when it is refused. `create` returns the id for the other steps. */
  take(step: Step, id: string): Promise<string>;
  close(): Promise<void>;
}

/** A resident or a cadre of the load test. */
export interface Person {
  token: string;
  communityId: string;
}

/** A distinct text of a request. */
export const words = (n: number): string => `下班晚，麻烦代取第 ${n} 个包裹，取件码 8-2-${1000 + (n % 9000)}`;

export const RESULT = "包裹已放在门口的柜子里";
export const RATING = {
  outcome: "solved",
  scores: { response: 5, attitude: 5, result: 4 },
  tags: ["很快"],
  comment: "谢谢",
};
