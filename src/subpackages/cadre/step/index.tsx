import type { ReactNode } from "react";
import { StepForm } from "../../../components/step-form";
import { wordStep } from "../../../lib/word-step";
import { usePageParam } from "../../../wx/lifecycle";

/** A cadre's step that needs words, from the first contact to the result with photos. */
export default function Step(): ReactNode {
  return <StepForm id={usePageParam("id")} action={wordStep(usePageParam("action"))} />;
}
