import type { ReactNode } from "react";
import { StepPage } from "../../../components/step-form/page";

/** The page of a resident's steps that need a text. */
export default function Step(): ReactNode {
  return <StepPage />;
}
