import { refuse } from "./errors.ts";
import { type IdempotencyRecord, isReplay } from "./idempotency.ts";

/** How often a step is attempted when others write at the same time. */
export const MAX_ATTEMPTS = 4;

/** The loaded data of a step, with the idempotency records of the aggregate's last steps. */
interface Loaded {
  steps: readonly { key: string; bodyHash: string }[];
}

/** One step: how its aggregate is loaded, and how the step is decided and saved. */
export interface Step<L extends Loaded, Decision, Answer> {
  /** Loads the aggregate and other data. Throws when it does not exist, or when the actor may not know it. */
  load(): Promise<L>;
  /** Decides the step. Throws its refusal. Null when there is nothing to do. */
  decide(loaded: L): Decision | null | Promise<Decision | null>;
  /**
   * Saves the decision in one write, on the condition that the version is still the loaded one. Null when the version
   * has moved.
   */
  save(decision: Decision, loaded: L): Promise<Answer | null>;
  /** The answer when nothing is written, because the step was taken before or there is nothing to do. */
  unchanged(loaded: L): Answer | Promise<Answer>;
  /** Wakes the relay for the communities with a new event. Absent when the step writes none. */
  wakeRelay?(decision: Decision): void;
}

/**
 * Takes a step: loads, checks whether the idempotency key was used before, decides, and saves in one conditional write.
 * When the version has moved meanwhile it starts again, so that a step is refused only by a state that does not allow
 * it. One attempt costs one load and one save. Throws what `load` and `decide` throw, `idempotency.key_reused`,
 * `write.contended`.
 */
export async function runStep<L extends Loaded, Decision, Answer>(
  idempotency: IdempotencyRecord | null,
  step: Step<L, Decision, Answer>,
): Promise<Answer> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const loaded = await step.load();
    if (isReplay(idempotency, loaded.steps)) return step.unchanged(loaded);
    const decision = await step.decide(loaded);
    if (decision === null) return step.unchanged(loaded);
    const answer = await step.save(decision, loaded);
    if (answer === null) continue;
    step.wakeRelay?.(decision);
    return answer;
  }
  return refuse("write.contended");
}
