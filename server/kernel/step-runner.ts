import { refuse } from "./errors.ts";
import { type Intent, wasDone } from "./idempotency.ts";

/** So often a step is tried when others write at the same time. */
export const ATTEMPTS = 4;

/** What a step is decided on, with the idempotency keys of the last steps. */
interface Loaded {
  steps: readonly { key: string; bodyHash: string }[];
}

/** One step: how its aggregate is loaded, and how it is decided and saved. */
export interface Step<L extends Loaded, Decision, Answer> {
  /** Loads what the step is decided on. Throws when there is none, or when it is none of the actor's business. */
  load(): Promise<L>;
  /** Throws the refusal of the step. Null: there is nothing to do. */
  decide(loaded: L): Decision | null | Promise<Decision | null>;
  /** Saves the decision in one write, on the condition that the version is still the one that was loaded. Null: it has moved. */
  save(decision: Decision, loaded: L): Promise<Answer | null>;
  /** The answer when nothing is written: the step was taken before, or there is nothing to do. */
  unchanged(loaded: L): Answer | Promise<Answer>;
  /** Tells the relay of the communities that have a new event. Left out: the step leaves none. */
  wakeRelay?(decision: Decision): void;
}

/**
 * Takes a step: loads, looks whether the idempotency key was used for it before, decides, and saves in one conditional write. When
 * others have moved the version meanwhile it begins anew, so that only a state that refuses the step refuses it. One attempt costs one
 * load and one save. Throws what `load` and `decide` throw, `idempotency.key_reused`, `write.contended`.
 */
export async function runStep<L extends Loaded, Decision, Answer>(
  intent: Intent | null,
  step: Step<L, Decision, Answer>,
): Promise<Answer> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const loaded = await step.load();
    if (wasDone(intent, loaded.steps)) return step.unchanged(loaded);
    const decision = await step.decide(loaded);
    if (decision === null) return step.unchanged(loaded);
    const answer = await step.save(decision, loaded);
    if (answer === null) continue;
    step.wakeRelay?.(decision);
    return answer;
  }
  return refuse("write.contended");
}
