import { type WordStep, plainSteps } from "../api/take-step";
import { words } from "../i18n";

/** Reads a page's parameter; whoever typed another address gets a message form. */
export function wordStep(action: string): WordStep {
  return isWordStep(action) ? action : "message";
}

function isWordStep(action: string): action is WordStep {
  return (
    action in words.steps &&
    ![
      ...plainSteps,
      "assign",
      "rate",
      "consent",
      "revoke-consent",
      "ask-organization",
      "call-back",
      "follow",
      "unfollow",
      "ask-transfer",
    ].includes(action)
  );
}
