import { call } from "../../api/index.ts";
import { useMutation } from "../../api/use-mutation.ts";
import { zh } from "../../i18n/zh.ts";
import { StepDialog, type StepDialogProps } from "./step-dialog.tsx";
import type { PlainStep } from "./steps.ts";

/** The dialog of a step without input, which explains the step. */
export function PlainStepDialog({ step, onTaken, ...dialog }: StepDialogProps & { step: PlainStep }) {
  const act = useMutation((id: string, idempotencyKey: string) =>
    call(`POST /api/requests/:id/${step}`, { params: { id }, body: {} }, { idempotencyKey }),
  );
  const take = async () => {
    if (await act.run(dialog.request.id)) onTaken();
  };
  return (
    <StepDialog step={step} {...dialog} busy={act.busy} error={act.error} onConfirm={() => void take()}>
      <p>{zh.steps.plain[step]}</p>
    </StepDialog>
  );
}
