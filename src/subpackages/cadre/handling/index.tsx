import { type ReactNode, useState } from "react";
import { useMe, useQuery } from "../../../api";
import { Page } from "../../../components/page";
import { QueryView } from "../../../components/query-view";
import { Segments } from "../../../components/segments";
import { Empty } from "../../../components/states";
import { TabBar } from "../../../components/tab-bar";
import { words } from "../../../i18n";
import { useNow } from "../../../lib/use-now";
import { usePullToRefresh, useRowsInSight } from "../../../wx/lifecycle";
import { StaffRow } from "../_parts/staff-row";

const LIMIT = 100;
const ROWS = 50;

/** The cadre's requests, open and done; for the committee, those of the community. */
export default function Handling(): ReactNode {
  const say = words.cadre.handling;
  const now = useNow();
  const me = useMe();
  const [which, setWhich] = useState<"open" | "ended">("open");
  const scope = me?.actingAs.role === "committee" ? "community" : "handling";
  const query = useQuery(
    "GET /api/requests",
    { query: { scope, open: which === "open" ? "true" : "false", limit: LIMIT } },
    { poll: true },
  );
  usePullToRefresh(query.refetch);
  const rows = useRowsInSight(ROWS);
  return (
    <Page title={say.title} tabs={<TabBar current="/subpackages/cadre/handling/index" />}>
      <Segments
        segments={[
          { code: "open", text: say.open },
          { code: "ended", text: say.ended },
        ]}
        current={which}
        onChoose={setWhich}
      />
      <QueryView query={query}>
        {({ items }) => {
          if (items.length > 0)
            return items.slice(0, rows).map((request) => <StaffRow key={request.id} request={request} now={now} />);
          if (which === "open") return <Empty icon="tray" title={say.empty} hint={say.emptyHint} />;
          return <Empty title={say.emptyEnded} hint={say.emptyEndedHint} />;
        }}
      </QueryView>
    </Page>
  );
}
