import type { ReactNode } from "react";
import { StepPage } from "../../../components/step-form/page";

/** A resident's step that needs words: a message, an answer, a withdrawal. */
export default function Step(): ReactNode {
  return <StepPage />;
}
