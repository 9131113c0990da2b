import { useState } from "react";
import { Button } from "antd";
import type { Delivery } from "../../../contract/index.ts";
import { POLL_MS } from "../../api/poll.ts";
import { useQuery } from "../../api/use-query.ts";
import { Time } from "../../components/time.tsx";
import { zh } from "../../i18n/zh.ts";
import { deliveryState } from "../../lib/delivery-words.ts";
import { eventTypeWord } from "../../lib/event-words.ts";

const t = zh.deliveries;
const SHOWN = 5;

/** Messages about the request outside the app: recipient, channel and delivery state, newest first. */
export function DeliveriesCard({ requestId }: { requestId: string }) {
  const [all, setAll] = useState(false);
  const loaded = useQuery(
    "GET /api/requests/:id/deliveries",
    { params: { id: requestId } },
    { pollMs: POLL_MS, forget: true },
  );
  const items = (loaded.data?.items ?? []).toReversed();
  const shown = all ? items : items.slice(0, SHOWN);
  return (
    <section className="card" aria-label={t.title}>
      <h3>{t.title}</h3>
      {items.length === 0 && <p className="muted">{loaded.error?.message ?? t.nothing}</p>}
      <ul className="deliveries">
        {shown.map((item) => (
          <Row key={item.id} item={item} />
        ))}
      </ul>
      {items.length > shown.length && (
        <Button type="link" size="small" className="deliveries-more" onClick={() => setAll(true)}>
          {t.all(items.length)}
        </Button>
      )}
    </section>
  );
}

function Row({ item }: { item: Delivery }) {
  const { words, tone } = deliveryState(item);
  return (
    <li>
      <span>
        {t.channel[item.channel]}
        <span className="muted"> · {t.to[item.to]}</span>
      </span>
      <span className={`${tone} nowrap`}>{words}</span>
      <small className="muted">
        {eventTypeWord(item.type)} <Time value={item.settledAt ?? item.at} />
      </small>
    </li>
  );
}
