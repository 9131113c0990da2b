import { App, Form, Input, Modal, Radio } from "antd";
import { useId } from "react";
import type { CoTask } from "../../../contract/index.ts";
import { call } from "../../api/index.ts";
import { useInvalidate } from "../../api/invalidate.ts";
import { useMutation } from "../../api/use-mutation.ts";
import { useQuery } from "../../api/use-query.ts";
import { ErrorNote, Nothing, WhenLoaded } from "../../components/states.tsx";
import { zh } from "../../i18n/zh.ts";

const t = zh.coHandling;

interface Props {
  task: CoTask;
  change: "withdraw" | "reassign";
  open: boolean;
  onClose: () => void;
  onClosed: () => void;
}

/** Takes a co-handling task back with a reason, or gives it to another organization. */
export function TaskDialog({ task, change, open, onClose, onClosed }: Props) {
  const formId = useId();
  const title = useId();
  const { message } = App.useApp();
  const invalidate = useInvalidate();
  const params = { id: task.id };
  const act = useMutation(
    ({ reason, organization }: { reason: string; organization: string }, idempotencyKey: string) =>
      change === "withdraw"
        ? call("POST /api/co-tasks/:id/withdraw", { params, body: { reason: reason.trim() } }, { idempotencyKey })
        : call("POST /api/co-tasks/:id/reassign", { params, body: { organization } }, { idempotencyKey }),
  );
  const send = async (fields: { reason: string; organization: string }) => {
    if (await act.run(fields)) {
      message.success(t.done[change]);
      onClose();
    }
    invalidate();
  };
  return (
    <Modal
      open={open}
      centered
      title={<span id={title}>{t[`${change}Title`](task.organization)}</span>}
      aria-labelledby={title}
      afterClose={onClosed}
      onCancel={onClose}
      okText={t[change]}
      cancelText={zh.common.cancel}
      confirmLoading={act.busy}
      okButtonProps={{ htmlType: "submit", form: formId }}
      mask={{ closable: false }}
    >
      <Form<{ reason: string; organization: string }>
        id={formId}
        layout="vertical"
        requiredMark={false}
        onFinish={(fields) => void send(fields)}
      >
        {change === "withdraw" ? (
          <Form.Item name="reason" label={t.why} rules={[{ required: true, whitespace: true, message: t.whyMissing }]}>
            <Input.TextArea rows={3} maxLength={200} showCount />
          </Form.Item>
        ) : (
          <Others task={task} />
        )}
      </Form>
      <ErrorNote error={act.error} />
    </Modal>
  );
}

function Others({ task }: { task: CoTask }) {
  const organizations = useQuery("GET /api/organizations", {});
  return (
    <>
      <p className="muted">{t.reassignHint}</p>
      <WhenLoaded loaded={organizations}>
        {({ items }) => {
          const others = items.filter(
            ({ communityId, organization, people }) =>
              communityId === task.communityId && people > 0 && organization !== task.organization,
          );
          if (others.length === 0) return <Nothing title={t.otherNone} />;
          return (
            <Form.Item name="organization" label={t.to} rules={[{ required: true, message: t.toMissing }]}>
              <Radio.Group className="cadre-choices">
                {others.map(({ organization, open, refused }) => (
                  <Radio key={organization} value={organization}>
                    <strong>{organization}</strong> <span className="muted">{t.known(open, refused)}</span>
                  </Radio>
                ))}
              </Radio.Group>
            </Form.Item>
          );
        }}
      </WhenLoaded>
    </>
  );
}
