import type { ReactNode } from "react";
import { StepForm } from "../../../components/step-form";
import { usePageParam } from "../../../wx/lifecycle";
import { wordStep } from "../../../lib/word-step";

/** A resident's step that needs words: a message, an answer, a withdrawal. */
export default function Step(): ReactNode {
  return <StepForm id={usePageParam("id")} action={wordStep(usePageParam("action"))} />;
}
