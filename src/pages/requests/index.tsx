import { type ReactNode, useState } from "react";
import { mayCallAsUser, useMe, useQuery } from "../../api";
import { Page } from "../../components/page";
import { QueryView } from "../../components/query-view";
import { RequestRow } from "../../components/request-row";
import { Segments } from "../../components/segments";
import { Empty } from "../../components/states";
import { TabBar } from "../../components/tab-bar";
import { words } from "../../i18n";
import { useNow } from "../../lib/use-now";
import { usePullToRefresh, useRowsInSight } from "../../wx/lifecycle";
import { open } from "../../wx/navigation";

type Which = "open" | "ended";
const LIMIT = 100;
const ROWS = 50;

/** The person's requests: open and closed. */
export default function Requests(): ReactNode {
  const say = words.requests;
  const now = useNow();
  const signedIn = mayCallAsUser(useMe());
  const [which, setWhich] = useState<Which>("open");
  const query = useQuery("GET /api/requests", signedIn ? { query: { scope: "mine", limit: LIMIT } } : null, {
    poll: true,
  });
  usePullToRefresh(query.refetch);
  const rows = useRowsInSight(ROWS);

  return (
    <Page title={say.title} tabs={<TabBar current="/pages/requests/index" />}>
      {signedIn ? (
        <>
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
              // A request that is still to be rated counts as open.
              const shown = items.filter((request) => (request.closedAt === null) === (which === "open"));
              if (shown.length === 0) return empty();
              return shown
                .slice(0, rows)
                .map((request) => (
                  <RequestRow
                    key={request.id}
                    request={request}
                    now={now}
                    onOpen={() => open("/pages/request/index", { id: request.id })}
                  />
                ));
            }}
          </QueryView>
        </>
      ) : (
        <Empty
          title={say.loginTitle}
          hint={say.loginHint}
          action={{ text: words.home.login, onPress: () => open("/pages/login/index") }}
        />
      )}
    </Page>
  );

  function empty(): ReactNode {
    if (which === "ended") return <Empty title={say.emptyEnded} hint={say.emptyEndedHint} />;
    return (
      <Empty
        title={say.emptyOpen}
        hint={say.emptyOpenHint}
        action={{ text: words.home.find, onPress: () => open("/pages/file/index") }}
      />
    );
  }
}
