import { type WordStep, longest } from "../api/take-step";

/** Reads a page's parameter; null: no step that words are written for. */
export function wordStep(action: string): WordStep | null {
  return isWordStep(action) ? action : null;
}

const isWordStep = (action: string): action is WordStep => Object.keys(longest).includes(action);
