import { App, Button } from "antd";
import { useState } from "react";
import type { RequestDetail } from "../../../contract/index.ts";
import { useInvalidate } from "../../api/invalidate.ts";
import { zh } from "../../i18n/zh.ts";
import { AskOrganizationDialog } from "./ask-organization-dialog.tsx";
import { AssignDialog } from "./assign-dialog.tsx";
import { PlainStepDialog } from "./plain-step-dialog.tsx";
import { TimeRequestDialog } from "./time-request-dialog.tsx";
import { type Step, isGrave, isTimeRequestStep, isTextStep, stepOrder } from "./steps.ts";
import type { StepDialogProps } from "./step-dialog.tsx";
import { TransferDialog } from "./transfer-dialog.tsx";
import { TextStepDialog } from "./text-step-dialog.tsx";

/** The buttons of the steps in the request's abilities. */
export function StepBar({ request }: { request: RequestDetail }) {
  const { message } = App.useApp();
  const invalidate = useInvalidate();
  const [step, setStep] = useState<Step | null>(null);
  const steps = stepOrder.filter((action) => request.abilities.includes(action));
  // Assigning a request that already has a handler is an exception, so it is not the primary action.
  const primary = steps[0] === "assign" && request.handler !== null ? undefined : steps[0];
  const [open, setOpen] = useState(false);
  const start = (action: Step) => {
    setStep(action);
    setOpen(true);
  };
  const taken = () => {
    if (step) message.success(zh.steps.done(zh.action[step]));
    setOpen(false);
    invalidate();
  };
  const dialog = { request, open, onClose: () => setOpen(false), onClosed: () => setStep(null), onTaken: taken };
  return (
    <>
      <div className="step-bar" role="toolbar">
        {steps.toReversed().map((action) => (
          <Button
            key={action}
            type={action === primary && !isGrave(action) ? "primary" : "default"}
            danger={isGrave(action)}
            onClick={() => start(action)}
          >
            {zh.action[action]}
          </Button>
        ))}
      </div>
      {step !== null && <Dialog {...dialog} step={step} />}
    </>
  );
}

function Dialog({ step, ...dialog }: StepDialogProps & { step: Step }) {
  if (step === "assign") return <AssignDialog {...dialog} />;
  if (step === "ask-organization") return <AskOrganizationDialog {...dialog} />;
  if (step === "ask-transfer") return <TransferDialog {...dialog} />;
  if (isTimeRequestStep(step)) return <TimeRequestDialog {...dialog} step={step} />;
  return isTextStep(step) ? <TextStepDialog {...dialog} step={step} /> : <PlainStepDialog {...dialog} step={step} />;
}
