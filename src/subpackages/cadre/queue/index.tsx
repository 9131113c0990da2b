import { View } from "@tarojs/components";
import { type ReactNode, useState } from "react";
import type { Request } from "../../../../contract/index.ts";
import {
  ApiError,
  call,
  refreshMe,
  refreshQueries,
  session,
  useAction,
  useConsents,
  useMe,
  useQuery,
} from "../../../api";
import { Button } from "../../../components/button";
import { Page } from "../../../components/page";
import { QueryView } from "../../../components/query-view";
import { Empty, Problem } from "../../../components/states";
import { TabBar } from "../../../components/tab-bar";
import { words } from "../../../i18n";
import { useNow } from "../../../lib/use-now";
import { confirm, toast } from "../../../wx/feedback";
import { usePageShow, usePullToRefresh } from "../../../wx/lifecycle";
import { open } from "../../../wx/navigation";
import { StaffRow } from "../_parts/staff-row";
import { DutyBar } from "./_parts/duty-bar";
import { DutySheet } from "./_parts/duty-sheet";
import { Incoming } from "./_parts/incoming";

const LIMIT = 50;

/** Requests that can be claimed, in queue order. The primary action claims the first. */
export default function Queue(): ReactNode {
  const say = words.cadre.queue;
  const me = useMe();
  const now = useNow();
  const [starting, setStarting] = useState(false);
  const queue = useQuery("GET /api/requests", { query: { scope: "queue", limit: LIMIT } }, { poll: true });
  const isCadre = me?.actingAs.role === "cadre";
  const onDuty = me?.onDutyUntil != null && new Date(me.onDutyUntil) > now;
  usePageShow(() => void refreshMe());
  usePullToRefresh(() => Promise.all([queue.refetch(), refreshMe()]));

  const claimed = (id: string): void => {
    refreshQueries("GET /api/requests");
    toast(words.steps.claim.done);
    open("/subpackages/cadre/request/index", { id });
  };
  const claimNext = useAction(async (key) => {
    const request = await call("POST /api/queue/claim-next", {}, { idempotencyKey: key });
    claimed(request.id);
  });
  const claim = useAction(async (key, id: string) => {
    try {
      await call("POST /api/requests/:id/claim", { params: { id } }, { idempotencyKey: key });
    } finally {
      // Another cadre may have been faster. The list is out of date in both cases.
      refreshQueries("GET /api/requests");
    }
    claimed(id);
  });
  const consents = useConsents();
  /** Runs a step and asks for consents at the same time, so that the claim is not delayed. */
  const alsoAsk = (step: Promise<unknown>) => Promise.all([step, consents.ask()]);
  async function askEndDuty(): Promise<void> {
    const sure = await confirm({ title: say.endTitle, content: say.endText, yes: say.end, no: words.common.cancel });
    if (sure) await endDuty.run();
  }

  const endDuty = useAction(async (key) => {
    try {
      await call("POST /api/duty/end", { body: {} }, { idempotencyKey: key });
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== "duty.handover_needed") throw error;
      open("/subpackages/cadre/hand-over/index");
      return;
    }
    await afterDuty(say.ended);
  });

  const waiting = queue.data?.items.length ?? 0;
  return (
    <Page
      title={say.title}
      tabs={<TabBar current="/subpackages/cadre/queue/index" />}
      problem={claimNext.error ?? claim.error}
      foot={
        isCadre &&
        (onDuty ? (
          <Button
            kind="primary"
            pending={claimNext.pending}
            disabled={waiting === 0}
            onPress={() => void alsoAsk(claimNext.run())}
          >
            {say.claimNext}
          </Button>
        ) : (
          <Button kind="primary" onPress={() => setStarting(true)}>
            {say.start}
          </Button>
        ))
      }
      overlay={
        starting && (
          <DutySheet now={now} onClose={() => setStarting(false)} onStarted={() => void afterDuty(say.started)} />
        )
      }
    >
      {isCadre && (
        <DutyBar
          until={onDuty && me.onDutyUntil ? new Date(me.onDutyUntil) : null}
          now={now}
          ending={endDuty.pending}
          onStart={() => setStarting(true)}
          onEnd={() => void askEndDuty()}
        />
      )}
      {isCadre && (
        <Button icon="plus" onPress={() => open("/subpackages/cadre/file/index")}>
          {words.proxyFiling.page.open}
        </Button>
      )}
      <Problem message={endDuty.error} />
      <Incoming now={now} />
      <QueryView query={queue}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty icon="tray" title={say.empty} hint={say.emptyHint} />
          ) : (
            <>
              <View className="small">{say.claimNextHint(items.length)}</View>
              {offersFirst(items).map((request) => (
                <StaffRow
                  key={request.id}
                  request={request}
                  now={now}
                  claiming={claim.pending}
                  onClaim={() => void alsoAsk(claim.run(request.id))}
                />
              ))}
            </>
          )
        }
      </QueryView>
    </Page>
  );
}

/** The cadre's own offers first, the rest in queue order. */
const offersFirst = (items: readonly Request[]): Request[] => [
  ...items.filter(({ offer }) => offer?.mine),
  ...items.filter(({ offer }) => !offer?.mine),
];

async function afterDuty(said: string): Promise<void> {
  await session.update(call("GET /api/me"));
  refreshQueries("GET /api/");
  toast(said);
}
