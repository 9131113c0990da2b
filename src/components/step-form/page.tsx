import { type ReactNode, useEffect } from "react";
import { StepForm } from ".";
import { wordStep } from "../../lib/word-step";
import { usePageParam } from "../../wx/lifecycle";
import { redirectUnknownPage } from "../../wx/start";

/** The page of the step in the address. An address without a valid step leads to the home page. */
export function StepPage(): ReactNode {
  const id = usePageParam("id");
  const action = wordStep(usePageParam("action"));
  useEffect(() => {
    if (action === null) redirectUnknownPage();
  }, [action]);
  return action && <StepForm id={id} action={action} />;
}
