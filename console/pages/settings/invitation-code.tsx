import { App, Button, Modal, QRCode, Segmented } from "antd";
import { useEffect, useState } from "react";
import type { Invitation } from "../../../contract/index.ts";
import { type ApiError, toApiError } from "../../api/error.ts";
import { fetchFile } from "../../api/index.ts";
import { ErrorNote, Waiting } from "../../components/states.tsx";
import { zh } from "../../i18n/zh.ts";

const t = zh.settings.invite;
const ways = ["wechat", "web"] as const;
type Channel = (typeof ways)[number];

interface Props {
  communityId: string;
  invitation: Invitation;
  onClose: () => void;
}

/** The code of an invitation, to be scanned from the screen, and its link for people elsewhere. */
export function InvitationCode({ communityId, invitation, onClose }: Props) {
  const { message } = App.useApp();
  const [way, setWay] = useState<Channel>("wechat");
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
        <Segmented
          aria-label={t.code(name)}
          options={ways.map((value) => ({ value, label: t.ways[value] }))}
          value={way}
          onChange={setWay}
        />
        {way === "web" ? (
          <div role="img" aria-label={t.codeAlt(name)} data-url={url}>
            <QRCode value={url ?? ""} size={240} bordered={false} type="svg" />
          </div>
        ) : (
          <MiniProgramCode communityId={communityId} invitation={invitation} />
        )}
        <p className="muted">{t.codeHint}</p>
      </div>
    </Modal>
  );
}

/** The code that WeChat draws. On failure the other delivery route remains. */
function MiniProgramCode({ communityId, invitation }: Omit<Props, "onClose">) {
  const [picture, setPicture] = useState<string | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const { id } = invitation;
  useEffect(() => {
    let made: string | null = null;
    let gone = false;
    fetchFile("GET /api/communities/:id/invitations/:invitationId/file", {
      params: { id: communityId, invitationId: id },
    }).then(
      (file) => {
        if (gone) return;
        made = URL.createObjectURL(file);
        setPicture(made);
      },
      (thrown: unknown) => !gone && setError(toApiError(thrown)),
    );
    return () => {
      gone = true;
      if (made) URL.revokeObjectURL(made);
    };
  }, [communityId, id]);
  if (error) return <ErrorNote error={error} />;
  return picture ? <img src={picture} alt={t.wechatAlt(invitation.name)} width={240} height={240} /> : <Waiting />;
}
