import { App, Modal } from "antd";
import type { Post } from "../../../contract/index.ts";
import { call } from "../../api/index.ts";
import { useMutation } from "../../api/use-mutation.ts";
import { ErrorNote } from "../../components/states.tsx";
import { zh } from "../../i18n/zh.ts";

const t = zh.protection.reset;

interface Props {
  communityId: string;
  post: Post;
  onClose: () => void;
}

/** Resets the second factor of a colleague who has lost phone and recovery codes. Explains the consequences first. */
export function ResetFactorDialog({ communityId, post: { userId, name }, onClose }: Props) {
  const { message } = App.useApp();
  const act = useMutation((params: { id: string; userId: string }, idempotencyKey) =>
    call("POST /api/communities/:id/people/:userId/second-factor/reset", { params }, { idempotencyKey }),
  );
  const reset = async () => {
    const done = await act.run({ id: communityId, userId });
    if (!done) return;
    message.success(done.reset ? t.done(name) : t.none(name));
    onClose();
  };
  return (
    <Modal
      open
      centered
      title={t.title(name)}
      okText={t.yes}
      okButtonProps={{ danger: true }}
      cancelText={zh.common.cancel}
      confirmLoading={act.busy}
      onOk={() => void reset()}
      onCancel={onClose}
      mask={{ closable: false }}
    >
      <p>{t.lead}</p>
      <ErrorNote error={act.error} />
    </Modal>
  );
}
