import { DatePicker } from "antd";
import dayjs from "dayjs";
import { useRef } from "react";
import { useMe } from "../../api/me.tsx";
import { useQuery } from "../../api/use-query.ts";
import { useCatalogue } from "../../components/catalogue.tsx";
import { CadreFilter, CommunityFilter } from "../../components/filter-fields.tsx";
import { Page } from "../../components/page.tsx";
import { Nothing, WhenLoaded } from "../../components/states.tsx";
import { dutyProof as t } from "../../i18n/zh-duty-proof.ts";
import { DAY, ID, CODE, matching } from "../../lib/address.ts";
import { dayOf } from "../../lib/time.ts";
import { useFilters } from "../../lib/use-filters.ts";
import { useNow } from "../../lib/use-now.ts";
import { PaperActions } from "../../paper/paper-actions.tsx";
import { Proof } from "./proof.tsx";

interface Filters {
  cadreId?: string | undefined;
  day?: string | undefined;
  communityId?: string | undefined;
}

const readProofFilters = (params: URLSearchParams): Filters => ({
  cadreId: matching(params.get("cadreId"), ID),
  day: matching(params.get("day"), DAY),
  communityId: matching(params.get("communityId"), CODE),
});

/**
 * 值守证明: what a cadre did on a day, for the files. A cadre sees only the own one. Without a day in the address
 * it is today.
 */
export function DutyProofPage() {
  const { filters, change } = useFilters(readProofFilters);
  const { communityId } = useCatalogue();
  const me = useMe();
  const now = useNow();
  const own = me.actingAs.role === "cadre";
  const cadreId = own ? me.id : filters.cadreId;
  const day = filters.day ?? dayOf(now);
  const article = useRef<HTMLElement>(null);
  const proof = useQuery(
    "GET /api/communities/:id/duty-proof",
    communityId && cadreId ? { params: { id: communityId }, query: { cadreId, day } } : null,
    { forget: true },
  );
  const name = proof.data?.cadre.name ?? "";
  return (
    <Page
      title={t.title}
      fresh={proof}
      scrolls
      actions={proof.data && <PaperActions article={article} title={`${t.title}-${name}-${day}`} />}
      filters={
        <>
          <CommunityFilter
            value={filters.communityId}
            onChange={(next) => change({ communityId: next, cadreId: undefined })}
          />
          {!own && <CadreFilter value={cadreId} onChange={(next) => change({ cadreId: next })} />}
          <DatePicker
            aria-label={t.day}
            value={dayjs(day)}
            allowClear={false}
            disabledDate={(date) => date.format("YYYY-MM-DD") > dayOf(now)}
            onChange={(date) => date && change({ day: date.format("YYYY-MM-DD") })}
          />
        </>
      }
    >
      {communityId === null || cadreId === undefined ? (
        <Nothing title={communityId === null ? t.chooseCommunity : t.choose} hint={t.chooseHint} />
      ) : (
        <WhenLoaded loaded={proof}>{(data) => <Proof proof={data} sheet={article} />}</WhenLoaded>
      )}
    </Page>
  );
}
