import { call } from "../../api/index.ts";
import { useAct } from "../../api/use-act.ts";
import { zh } from "../../i18n/zh.ts";
import { StepDialog, type StepDialogProps } from "./step-dialog.tsx";

/** 接单: nothing to fill in, only what it means. */
export function ClaimDialog({ onTaken, ...dialog }: StepDialogProps) {
  const act = useAct((id: string, idempotencyKey: string) =>
    call("POST /api/requests/:id/claim", { params: { id }, body: {} }, { idempotencyKey }),
  );
  const take = async () => {
    if (await act.run(dialog.request.id)) onTaken();
  };
  return (
    <StepDialog step="claim" {...dialog} busy={act.busy} error={act.error} onConfirm={() => void take()}>
      <p>{zh.steps.claimAsk}</p>
    </StepDialog>
  );
}
