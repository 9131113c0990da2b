import { Form, Radio } from "antd";
import { useId } from "react";
import type { CadreCard } from "../../../contract/index.ts";
import { call } from "../../api/index.ts";
import { useMutation } from "../../api/use-mutation.ts";
import { useQuery } from "../../api/use-query.ts";
import { Nothing, WhenLoaded } from "../../components/states.tsx";
import { zh } from "../../i18n/zh.ts";
import { positionWord } from "../../lib/event-words.ts";
import { byReadiness, isOnDuty } from "../../lib/cadres.ts";
import { clockTime } from "../../lib/time.ts";
import { useNow } from "../../lib/use-now.ts";
import { StepDialog, type StepDialogProps } from "./step-dialog.tsx";

const t = zh.steps;
type Choice = CadreCard & { openRequests: number };

/** 派单: assigns the request to a cadre. Cadres on duty with the fewest open requests are listed first. */
export function AssignDialog({ onTaken, ...dialog }: StepDialogProps) {
  const formId = useId();
  const now = useNow();
  const cadres = useQuery("GET /api/communities/:id/cadres", { params: { id: dialog.request.communityId } });
  const act = useMutation((cadreId: string, idempotencyKey: string) =>
    call("POST /api/requests/:id/assign", { params: { id: dialog.request.id }, body: { cadreId } }, { idempotencyKey }),
  );
  const send = async ({ cadreId }: { cadreId: string }) => {
    if (await act.run(cadreId)) onTaken();
  };
  return (
    <StepDialog step="assign" {...dialog} busy={act.busy} error={act.error} form={formId} width={560}>
      <p className="muted">{t.assignAsk}</p>
      <WhenLoaded loaded={cadres}>
        {({ items }) =>
          items.length === 0 ? (
            <Nothing title={t.noCadres} />
          ) : (
            <Form<{ cadreId: string }>
              id={formId}
              layout="vertical"
              requiredMark={false}
              onFinish={(fields) => void send(fields)}
            >
              <Form.Item name="cadreId" label={t.cadre} rules={[{ required: true, message: t.cadreMissing }]}>
                <Radio.Group className="cadre-choices">
                  {items.toSorted(byReadiness(now)).map((cadre) => (
                    <Radio key={cadre.id} value={cadre.id} disabled={cadre.id === dialog.request.handler?.id}>
                      <CadreLine cadre={cadre} now={now} current={cadre.id === dialog.request.handler?.id} />
                    </Radio>
                  ))}
                </Radio.Group>
              </Form.Item>
            </Form>
          )
        }
      </WhenLoaded>
    </StepDialog>
  );
}

function CadreLine({ cadre, now, current }: { cadre: Choice; now: Date; current: boolean }) {
  return (
    <span className="cadre-line">
      <span>
        <strong>{cadre.name}</strong> <span className="muted">{cadre.title}</span>
        {current && <span className="tag tag-plain">{t.current}</span>}
        <br />
        <small className="muted">{cadre.positions.map(positionWord).join(zh.common.join)}</small>
      </span>
      <span className="cadre-load figures">
        {isOnDuty(cadre, now) ? (
          <span className="good">{t.onDuty(clockTime(new Date(cadre.onDutyUntil)))}</span>
        ) : (
          <span className="muted">{t.offDuty}</span>
        )}
        <br />
        <small>{t.openCount(cadre.openRequests)}</small>
      </span>
    </span>
  );
}
