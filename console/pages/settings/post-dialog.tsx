import { App, Form, Input, Modal } from "antd";
import type { Input as InputOf, Post } from "../../../contract/index.ts";
import { call } from "../../api/index.ts";
import { useMutation } from "../../api/use-mutation.ts";
import { ErrorNote } from "../../components/states.tsx";
import { zh } from "../../i18n/zh.ts";
import { PositionsField } from "./positions-field.tsx";

const t = zh.settings.people;
const words = zh.settings.invite;

type Fields = InputOf<"PUT /api/communities/:id/people/:userId/posts/:postId">["body"];

interface Props {
  communityId: string;
  post: Post;
  onClose: () => void;
  onDone: () => void;
}

/** Edits a post: title, positions, phone. */
export function PostDialog({ communityId, post, onClose, onDone }: Props) {
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const cadre = post.role === "cadre";
  const act = useMutation((body: Fields, idempotencyKey) =>
    call(
      "PUT /api/communities/:id/people/:userId/posts/:postId",
      { params: { id: communityId, userId: post.userId, postId: post.postId }, body },
      { idempotencyKey },
    ),
  );
  const save = async ({ title, positions, dutyPhone }: Fields) => {
    if (!(await act.run({ title, positions: positions ?? [], dutyPhone: dutyPhone?.trim() || null }))) return;
    message.success(t.saved);
    onDone();
  };
  return (
    <Modal
      open
      centered
      title={t.editTitle(post.name)}
      okText={t.save}
      cancelText={zh.common.cancel}
      confirmLoading={act.busy}
      onOk={() => form.submit()}
      onCancel={onClose}
      mask={{ closable: false }}
    >
      <Form<Fields>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ title: post.title, positions: post.positions, dutyPhone: post.dutyPhone }}
        onValuesChange={act.clear}
        onFinish={(fields) => void save(fields)}
      >
        <Form.Item
          name="title"
          label={words.post}
          rules={[{ required: true, whitespace: true, message: words.postMissing }]}
        >
          <Input maxLength={20} />
        </Form.Item>
        {cadre && <PositionsField communityId={communityId} />}
        {cadre && (
          <Form.Item name="dutyPhone" label={words.dutyPhone} extra={words.dutyPhoneHint}>
            <Input maxLength={30} />
          </Form.Item>
        )}
      </Form>
      <ErrorNote error={act.error} />
    </Modal>
  );
}
