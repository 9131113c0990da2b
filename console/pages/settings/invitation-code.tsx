import { App, Button, Modal, QRCode } from "antd";
import type { Invitation } from "../../../contract/index.ts";
import { zh } from "../../i18n/zh.ts";

const t = zh.settings.invite;

/** The code of one invitation, to be scanned from the screen, and its address for who is not in the room. */
export function InvitationCode({ invitation, onClose }: { invitation: Invitation; onClose: () => void }) {
  const { message } = App.useApp();
  const { name, url } = invitation;
  const copy = async () => {
    await navigator.clipboard.writeText(url ?? "");
    message.success(t.copied);
  };
  return (
    <Modal
      open
      centered
      width={420}
      title={t.code(name)}
      onCancel={onClose}
      footer={
        <>
          <Button onClick={() => void copy()}>{t.copy}</Button>
          <Button type="primary" onClick={onClose}>
            {t.close}
          </Button>
        </>
      }
    >
      <div className="invitation-code">
        <div role="img" aria-label={t.codeAlt(name)} data-url={url}>
          <QRCode value={url ?? ""} size={240} bordered={false} type="svg" />
        </div>
        <p className="muted">{t.codeHint}</p>
      </div>
    </Modal>
  );
}
