import { type ReactNode, useEffect } from "react";
import { StepForm } from ".";
import { wordStep } from "../../lib/word-step";
import { usePageParam } from "../../wx/lifecycle";
import { redirectUnknownPage } from "../../wx/start";

/** The page of the step that its address names. An address that names none leads home. */
export function StepPage(): ReactNode {
  const id = usePageParam("id");
  const action = wordStep(usePageParam("action"));
  useEffect(() => {
    if (action === null) redirectUnknownPage();
  }, [action]);
  return action && <StepForm id={id} action={action} />;
}
