import { QrcodeOutlined, UserAddOutlined } from "@ant-design/icons";
import { App, Button, Popconfirm, Table, type TableColumnsType } from "antd";
import { useState } from "react";
import type { Invitation } from "../../../contract/index.ts";
import { toApiError } from "../../api/error.ts";
import { call } from "../../api/index.ts";
import { useQuery } from "../../api/use-query.ts";
import { Nothing, WhenLoaded } from "../../components/states.tsx";
import { Time } from "../../components/time.tsx";
import { zh } from "../../i18n/zh.ts";
import { InvitationCode } from "./invitation-code.tsx";
import { InviteDialog } from "./invite-dialog.tsx";

const t = zh.settings.invite;
const tags = { open: "tag-wait", accepted: "tag-good", revoked: "", expired: "" };

/** The community's invitations: create, show the code, revoke. */
export function InvitationsCard({ communityId }: { communityId: string }) {
  const invitations = useQuery("GET /api/communities/:id/invitations", { params: { id: communityId } });
  const [inviting, setInviting] = useState(false);
  const [shown, setShown] = useState<Invitation | null>(null);
  const button = (
    <Button type="primary" icon={<UserAddOutlined aria-hidden />} onClick={() => setInviting(true)}>
      {t.open}
    </Button>
  );
  return (
    <section className="card part">
      <WhenLoaded loaded={invitations}>
        {({ items }) =>
          items.length === 0 ? (
            <Nothing title={t.none} hint={t.noneHint} action={button} />
          ) : (
            <>
              <div className="part-head">
                <h2>{t.table}</h2>
                {button}
              </div>
              <Table
                size="small"
                aria-label={t.table}
                rowKey={({ id }) => id}
                dataSource={items}
                columns={columnsOf(communityId, setShown, invitations.reload)}
                pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
              />
            </>
          )
        }
      </WhenLoaded>
      {inviting && (
        <InviteDialog
          communityId={communityId}
          onClose={() => setInviting(false)}
          onMade={(made) => {
            setInviting(false);
            setShown(made);
            invitations.reload();
          }}
        />
      )}
      {shown && (
        <InvitationCode
          communityId={communityId}
          invitation={shown}
          onClose={() => {
            setShown(null);
            invitations.reload();
          }}
        />
      )}
    </section>
  );
}

function columnsOf(
  communityId: string,
  show: (one: Invitation) => void,
  reload: () => void,
): TableColumnsType<Invitation> {
  const c = t.columns;
  return [
    { title: c.name, key: "name", width: 120, render: (_, { name }) => <strong>{name}</strong> },
    {
      title: c.post,
      key: "post",
      width: 220,
      ellipsis: true,
      render: (_, { role, title, organizationName }) =>
        [t.roles[role], organizationName, title].filter(Boolean).join(" · "),
    },
    { title: c.positions, key: "positions", ellipsis: true, render: (_, { positions }) => positions.join("、") },
    {
      title: c.state,
      key: "state",
      width: 120,
      render: (_, { state }) => <span className={`tag ${tags[state]}`}>{t.state[state]}</span>,
    },
    { title: c.until, key: "until", width: 150, render: (_, { expiresAt }) => <Time value={expiresAt} /> },
    {
      title: c.action,
      key: "action",
      width: 190,
      align: "right",
      render: (_, invitation) =>
        invitation.state === "open" && (
          <>
            <Button
              size="small"
              icon={<QrcodeOutlined aria-hidden />}
              aria-label={t.showOf(invitation.name)}
              onClick={() => show(invitation)}
            >
              {t.show}
            </Button>{" "}
            <Revoke communityId={communityId} invitation={invitation} done={reload} />
          </>
        ),
    },
  ];
}

function Revoke({ communityId, invitation, done }: { communityId: string; invitation: Invitation; done: () => void }) {
  const { message } = App.useApp();
  const revoke = async () => {
    try {
      const params = { id: communityId, invitationId: invitation.id };
      await call("POST /api/communities/:id/invitations/:invitationId/revoke", { params });
      message.success(t.revoked);
    } catch (thrown) {
      message.error(toApiError(thrown).message);
    }
    done();
  };
  return (
    <Popconfirm
      title={t.revokeTitle(invitation.name)}
      description={t.revokeHint}
      okText={t.revoke}
      cancelText={zh.common.cancel}
      icon={null}
      placement="left"
      onConfirm={revoke}
    >
      <Button size="small" aria-label={t.revokeOf(invitation.name)}>
        {t.revoke}
      </Button>
    </Popconfirm>
  );
}
