import { type WordStep, longest } from "../api/take-step";

/** The step that a page's parameter names. Null when it is no step with a text. */
export function wordStep(action: string): WordStep | null {
  return isWordStep(action) ? action : null;
}

const isWordStep = (action: string): action is WordStep => Object.keys(longest).includes(action);
