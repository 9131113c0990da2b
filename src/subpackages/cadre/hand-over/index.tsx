import { View } from "@tarojs/components";
import type { ReactNode } from "react";
import { call, refreshMe, refreshQueries, useAction, useMe, useQuery } from "../../../api";
import { Button } from "../../../components/button";
import { Page } from "../../../components/page";
import { QueryView } from "../../../components/query-view";
import { Empty } from "../../../components/states";
import { words } from "../../../i18n";
import { handOver as say } from "../../../i18n/zh/hand-over";
import { useNow } from "../../../lib/use-now";
import { confirm, toast } from "../../../wx/feedback";
import { usePageParam, usePullToRefresh } from "../../../wx/lifecycle";
import { back } from "../../../wx/navigation";
import { NoteCard } from "./_parts/note-card";
import "./index.scss";

/**
 * 交班: a hand-over note for each request in progress, who continues, and the end of the duty. With an id only for
 * that request.
 */
export default function HandOver(): ReactNode {
  const id = usePageParam("id");
  const now = useNow();
  const me = useMe();
  const query = useQuery("GET /api/duty/handover", {});
  usePullToRefresh(query.refetch);
  const onDuty = me?.onDutyUntil != null && new Date(me.onDutyUntil) > now;
  const requests = query.data?.requests ?? [];
  const shown = id === "" ? requests.filter(({ owed }) => owed) : requests.filter((request) => request.id === id);

  const end = useAction(async (key, notesLater: boolean) => {
    await call("POST /api/duty/end", { body: { notesLater } }, { idempotencyKey: key });
    await refreshMe();
    refreshQueries("GET /api/");
    toast(words.cadre.queue.ended);
    back("/subpackages/cadre/queue/index");
  });
  async function later(): Promise<void> {
    const sure = await confirm({
      title: say.laterTitle,
      content: say.laterText,
      yes: words.cadre.queue.end,
      no: words.common.cancel,
    });
    if (sure) await end.run(true);
  }
  function written(said: string): void {
    refreshQueries("GET /api/requests");
    refreshQueries("GET /api/duty/handover");
    toast(said);
    if (id !== "") back("/subpackages/cadre/queue/index");
  }

  return (
    <Page
      title={say.title}
      problem={end.error}
      foot={
        onDuty &&
        id === "" &&
        query.data && (
          <Button
            kind={shown.length === 0 ? "primary" : "plain"}
            pending={end.pending}
            onPress={() => void (shown.length === 0 ? end.run(false) : later())}
          >
            {shown.length === 0 ? say.end : say.later}
          </Button>
        )
      }
    >
      <QueryView query={query}>
        {({ colleagues }) =>
          shown.length === 0 ? (
            <Empty icon="check" title={say.empty} hint={say.emptyHint} />
          ) : (
            <>
              <View className="small">{id === "" ? say.lead : say.one}</View>
              {shown.map((request) => (
                <NoteCard key={request.id} request={request} colleagues={colleagues} now={now} onWritten={written} />
              ))}
            </>
          )
        }
      </QueryView>
    </Page>
  );
}
