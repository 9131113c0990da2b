import { LinkOutlined } from "@ant-design/icons";
import { App, Button, Drawer, Tooltip } from "antd";
import { useEffect, useState } from "react";
import { Link, useLocation, useNavigate, useParams } from "react-router";
import type { RequestDetail } from "../../../contract/index.ts";
import { call } from "../../api/index.ts";
import { useInvalidate } from "../../api/invalidate.ts";
import { POLL_MS } from "../../api/poll.ts";
import { useMe } from "../../api/me.tsx";
import { useQuery } from "../../api/use-query.ts";
import { WhenLoaded } from "../../components/states.tsx";
import { RequestMarks, StatusTag } from "../../components/status-tag.tsx";
import { Time } from "../../components/time.tsx";
import { zh } from "../../i18n/zh.ts";
import { navPagesOf } from "../../lib/nav-pages.ts";
import { RequestBody } from "./request-body.tsx";
import { StepBar } from "./step-bar.tsx";

const t = zh.request;

/** One request in a drawer beside its list, at its own address, with the steps that are allowed now. Esc closes it. */
export function RequestDrawer() {
  const { id = "" } = useParams();
  const { search, state } = useLocation();
  const navigate = useNavigate();
  const [leaving, setLeaving] = useState(false);
  const loaded = useQuery("GET /api/requests/:id", { params: { id } }, { pollMs: POLL_MS, forget: true });
  const request = loaded.data?.id === id ? loaded.data : undefined;
  useMarkRead(request);

  const leave = () => {
    // Returns to the page that the drawer was opened from. Opened by a link, it returns to the list.
    if (typeof state === "object" && state !== null && "back" in state) void navigate(-1);
    else void navigate(`/requests${search || "?open=true"}`);
  };

  return (
    <Drawer
      open={!leaving}
      onClose={() => setLeaving(true)}
      // After the drawer has closed, so that the focus returns to the opened row.
      afterOpenChange={(open) => !open && leave()}
      size="min(960px, calc(100vw - 232px))"
      aria-label={request ? `${t.drawer} ${request.requestNo}` : t.drawer}
      title={request ? <Heading request={request} /> : t.drawer}
      extra={request && <Tools request={request} />}
      footer={request && <StepBar request={request} />}
      closable={{ "aria-label": t.close }}
      className="request-drawer"
    >
      <WhenLoaded loaded={{ ...loaded, data: request }}>{(detail) => <RequestBody request={detail} />}</WhenLoaded>
    </Drawer>
  );
}

/** Marks the person's notices about the request as read. A failed call is repeated at the next answer. */
function useMarkRead(request: RequestDetail | undefined) {
  const invalidate = useInvalidate();
  useEffect(() => {
    if (!request || request.unreadMessages === 0) return;
    call("POST /api/inbox/read", { body: { requestId: request.id } }).then(invalidate, () => undefined);
  }, [request, invalidate]);
}

function Heading({ request }: { request: RequestDetail }) {
  return (
    <div className="request-head">
      <h2>{request.title}</h2>
      <p>
        <StatusTag status={request.status} /> <RequestMarks request={request} />
        <span className="code">{request.requestNo}</span>
        <span className="muted">
          {request.serviceTitle} · {request.communityName}
        </span>
        <span className="muted">
          <Time value={request.submittedAt} /> {t.submitted}
        </span>
      </p>
    </div>
  );
}

function Tools({ request }: { request: RequestDetail }) {
  const { message } = App.useApp();
  const { actingAs } = useMe();
  const copy = async () => {
    const { origin } = window.location;
    await navigator.clipboard.writeText(`${origin}/console/requests/${request.id}`);
    message.success(t.copied);
  };
  return (
    <span className="request-tools">
      {navPagesOf(actingAs.role).includes("log") && (
        <Link to={`/log?${new URLSearchParams({ requestId: request.id }).toString()}`}>{t.log}</Link>
      )}
      {"clipboard" in navigator && (
        <Tooltip title={t.copyLink}>
          <Button type="text" icon={<LinkOutlined aria-hidden />} aria-label={t.copyLink} onClick={() => void copy()} />
        </Tooltip>
      )}
    </span>
  );
}
