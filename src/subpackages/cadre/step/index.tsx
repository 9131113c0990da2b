import type { ReactNode } from "react";
import { StepPage } from "../../../components/step-form/page";

/** A cadre's step that needs words, from the first contact to the result with photos. */
export default function Step(): ReactNode {
  return <StepPage />;
}
