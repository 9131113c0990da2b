import { Link } from "react-router";
import type { Request } from "../../../contract/index.ts";
import type { Collected } from "../../api/collect.ts";
import { Nothing } from "../../components/states.tsx";
import { zh } from "../../i18n/zh.ts";
import { offersOf } from "../../lib/tally.ts";
import { clockTime } from "../../lib/time.ts";

const t = zh.today;
const SHOWN = 5;

/**
 * Offers that no cadre has answered yet, the one that ends first at the top, and the number of queued requests without
 * an offer.
 */
export function OffersNow({ open, now }: { open: Collected<Request>; now: Date }) {
  const { offers, unoffered } = offersOf(open.items);
  return (
    <section className="card" aria-label={t.offersTitle}>
      <h2>
        {t.offersTitle}
        {offers.length > 0 && <span className="figures">{offers.length}</span>}
      </h2>
      {offers.length === 0 && <Nothing title={t.offersNone} />}
      <ul className="recent">
        {offers.slice(0, SHOWN).map(({ request, offer }) => (
          <li key={request.id}>
            <span>
              {t.offerTo(offer.cadreName)}
              <Link className="code" to={`/requests/${request.id}?open=true`} state={{ back: true }}>
                {request.requestNo}
              </Link>
            </span>
            <span className="muted figures nowrap">
              {new Date(offer.expiresAt) > now ? t.offerUntil(clockTime(new Date(offer.expiresAt))) : t.offerOver}
            </span>
          </li>
        ))}
      </ul>
      {offers.length > 0 && <p className="muted">{t.offersHint}</p>}
      {(offers.length > SHOWN || unoffered > 0) && (
        <p>
          <Link to="/requests?status=queued">
            {[
              ...(offers.length > SHOWN ? [t.moreOffers(offers.length - SHOWN)] : []),
              ...(unoffered > 0 ? [t.unoffered(unoffered)] : []),
            ].join(zh.common.join)}
          </Link>
        </p>
      )}
    </section>
  );
}
