import { type ReactNode, useState } from "react";
import type { CoTask } from "../../../../../contract/index.ts";
import { call, refreshQueries, useAction, useQuery } from "../../../../api";
import { Button } from "../../../../components/button";
import { Chips } from "../../../../components/chips";
import { Field } from "../../../../components/field";
import { Sheet } from "../../../../components/sheet";
import { Problem } from "../../../../components/states";
import { coHandlingStory as say } from "../../../../i18n/zh/co-handling";
import { toast } from "../../../../wx/feedback";

const NONE = "none";

/** Takes a co-handling task back, or gives it to another organization. */
export function TaskSheet({ task, onClose }: { task: CoTask; onClose: () => void }): ReactNode {
  const [moveTo, setMoveTo] = useState(NONE);
  const [reason, setReason] = useState<string>(say.reasons[0]);
  const organizations = useQuery("GET /api/organizations", {});
  const others = (organizations.data?.items ?? []).filter(
    ({ communityId, organization, people }) =>
      communityId === task.communityId && people > 0 && organization !== task.organization,
  );
  const end = useAction(async (key, organization: string, why: string) => {
    const params = { id: task.id };
    const options = { idempotencyKey: key };
    try {
      if (organization === NONE)
        await call("POST /api/co-tasks/:id/withdraw", { params, body: { reason: why } }, options);
      else await call("POST /api/co-tasks/:id/reassign", { params, body: { organization } }, options);
      toast(organization === NONE ? say.withdrawn : say.reassigned);
      onClose();
    } finally {
      refreshQueries("GET /api/requests");
    }
  });
  return (
    <Sheet
      title={say.changeTitle(task.organization)}
      onClose={onClose}
      foot={
        <Button kind="primary" pending={end.pending} onPress={() => void end.run(moveTo, reason)}>
          {moveTo === NONE ? say.withdraw : say.reassign(moveTo)}
        </Button>
      }
    >
      <Problem message={end.error ?? organizations.error} />
      {others.length > 0 && (
        <Field label={say.moveTo}>
          <Chips
            choices={[
              { code: NONE, text: say.noMove },
              ...others.map(({ organization }) => ({ code: organization, text: organization })),
            ]}
            chosen={[moveTo]}
            onChoose={setMoveTo}
          />
        </Field>
      )}
      {moveTo === NONE && (
        <Field label={say.why}>
          <Chips choices={say.reasons.map((text) => ({ code: text, text }))} chosen={[reason]} onChoose={setReason} />
        </Field>
      )}
    </Sheet>
  );
}
