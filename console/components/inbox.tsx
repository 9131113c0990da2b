import { BellOutlined } from "@ant-design/icons";
import { Badge, Button, Drawer } from "antd";
import { useState } from "react";
import { useNavigate } from "react-router";
import type { Notice } from "../../contract/index.ts";
import { placeOf } from "../../fronts/notice-place.ts";
import { call } from "../api/index.ts";
import { useMe } from "../api/me.tsx";
import { useInvalidate } from "../api/invalidate.ts";
import { POLL_MS } from "../api/poll.ts";
import { useMutation } from "../api/use-mutation.ts";
import { useQuery } from "../api/use-query.ts";
import { zh } from "../i18n/zh.ts";
import { addressOf } from "../lib/notice-address.ts";
import { ErrorNote, Nothing, WhenLoaded } from "./states.tsx";
import { Time } from "./time.tsx";

const SHOWN = 30;

/** The notices of the logged-in person: the number of unread ones, and the latest in a drawer. */
export function Inbox() {
  const [open, setOpen] = useState(false);
  const loaded = useQuery("GET /api/inbox", { query: { limit: SHOWN } }, { pollMs: POLL_MS });
  const unread = loaded.data?.unread ?? 0;
  return (
    <>
      <Button
        type="text"
        className="inbox-open"
        title={unread > 0 ? zh.inbox.unread(unread) : undefined}
        onClick={() => setOpen(true)}
      >
        <Badge count={unread} size="small" offset={[2, -2]}>
          <BellOutlined aria-hidden />
        </Badge>
        {zh.inbox.title}
      </Button>
      <Drawer
        open={open}
        onClose={() => setOpen(false)}
        size="min(440px, 100vw)"
        title={zh.inbox.title}
        closable={{ "aria-label": zh.inbox.close }}
        extra={unread > 0 && <ReadAll />}
      >
        <WhenLoaded loaded={loaded}>
          {({ items }) =>
            items.length === 0 ? (
              <Nothing title={zh.inbox.nothing} hint={zh.inbox.nothingHint} />
            ) : (
              <ul className="inbox">
                {items.map((notice) => (
                  <Row key={notice.id} notice={notice} leave={() => setOpen(false)} />
                ))}
              </ul>
            )
          }
        </WhenLoaded>
      </Drawer>
    </>
  );
}

function ReadAll() {
  const invalidate = useInvalidate();
  const act = useMutation(() => call("POST /api/inbox/read", { body: {} }));
  return (
    <>
      <ErrorNote error={act.error} />
      <Button loading={act.busy} onClick={() => void act.run(null).then(invalidate)}>
        {zh.inbox.readAll}
      </Button>
    </>
  );
}

function Row({ notice, leave }: { notice: Notice; leave: () => void }) {
  const navigate = useNavigate();
  const invalidate = useInvalidate();
  const me = useMe();
  const follow = () => {
    if (notice.readAt === null) {
      // A failure is ignored: opening the request marks the notice as read, too.
      call("POST /api/inbox/read", { body: { ids: [notice.id] } }).then(invalidate, () => undefined);
    }
    const place = placeOf(notice);
    const address = place && addressOf(place, me);
    if (address === null) return;
    leave();
    void navigate(address);
  };
  return (
    <li>
      <button type="button" className={notice.readAt === null ? "inbox-row inbox-new" : "inbox-row"} onClick={follow}>
        <span>{notice.text}</span>
        <small className="muted">
          <Time value={notice.at} />
        </small>
      </button>
    </li>
  );
}
