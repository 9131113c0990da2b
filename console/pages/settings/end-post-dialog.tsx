import { App, Form, Input, Modal } from "antd";
import type { Post } from "../../../contract/index.ts";
import { call } from "../../api/index.ts";
import { useInvalidate } from "../../api/invalidate.ts";
import { useMutation } from "../../api/use-mutation.ts";
import { ErrorNote } from "../../components/states.tsx";
import { zh } from "../../i18n/zh.ts";

const t = zh.settings.people;

interface Props {
  communityId: string;
  post: Post;
  onClose: () => void;
  onDone: () => void;
}

/** 离岗: ends a post. Explains the consequences and asks for a reason. */
export function EndPostDialog({ communityId, post, onClose, onDone }: Props) {
  const { message } = App.useApp();
  const invalidate = useInvalidate();
  const [form] = Form.useForm<{ reason: string }>();
  const act = useMutation((body: { reason: string }, idempotencyKey) =>
    call(
      "POST /api/communities/:id/people/:userId/posts/:postId/end",
      { params: { id: communityId, userId: post.userId, postId: post.postId }, body },
      { idempotencyKey },
    ),
  );
  const end = async (fields: { reason: string }) => {
    const settled = await act.run(fields);
    if (!settled) return;
    message.success(t.ended(post.name, settled.requests, settled.shifts));
    invalidate();
    onDone();
  };
  return (
    <Modal
      open
      centered
      title={t.endTitle(post.name)}
      okText={t.endYes}
      okButtonProps={{ danger: true }}
      cancelText={zh.common.cancel}
      confirmLoading={act.busy}
      onOk={() => form.submit()}
      onCancel={onClose}
      mask={{ closable: false }}
    >
      <p>{t.endLead(post.openRequests)}</p>
      <Form form={form} layout="vertical" requiredMark={false} onFinish={(fields) => void end(fields)}>
        <Form.Item
          name="reason"
          label={t.reason}
          extra={t.reasonHint}
          rules={[{ required: true, whitespace: true, message: t.reasonMissing }]}
        >
          <Input maxLength={100} />
        </Form.Item>
      </Form>
      <ErrorNote error={act.error} />
    </Modal>
  );
}
