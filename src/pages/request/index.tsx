import { View } from "@tarojs/components";
import { type ReactNode, useEffect } from "react";
import type { Action, RequestDetail } from "../../../contract/index.ts";
import { useMarkRead, useMe, useQuery } from "../../api";
import { Button } from "../../components/button";
import { FiledBy } from "../../components/filed-by";
import { Flow } from "../../components/flow";
import { NameCard } from "../../components/name-card";
import { Page } from "../../components/page";
import { QueryView } from "../../components/query-view";
import { RequestWords } from "../../components/request-words";
import { Card, Section } from "../../components/section";
import { StateTag } from "../../components/state-tag";
import { words } from "../../i18n";
import { flowOf } from "../../lib/flow";
import { nextOf, stateOf } from "../../lib/request-words";
import { isStaff } from "../../lib/roles";
import { useNow } from "../../lib/use-now";
import { usePageParam, usePullToRefresh } from "../../wx/lifecycle";
import { open, replace } from "../../wx/navigation";
import { useNeutralShare } from "../../wx/share";
import "./index.scss";

/** Steps that can be the primary action at the bottom; the others are further up on the page. */
const primaries: readonly Action[] = ["answer", "rate"];
const order: readonly Action[] = ["message", "withdraw"];
/** Steps whose buttons are on the card that they concern. */
const onCards: readonly Action[] = ["consent", "revoke-consent", "unfollow"];

/** A resident's own request: state, next event, handler, timeline and steps. */
export default function RequestPage(): ReactNode {
  const id = usePageParam("id");
  const query = useQuery("GET /api/requests/:id", id === "" ? null : { params: { id } }, { poll: true });
  useMarkRead(query.data);
  useNeutralShare();
  usePullToRefresh(query.refetch);
  const staff = isStaff(useMe());
  const elsewhere = query.data ? pageElsewhere(query.data, staff) : null;
  useEffect(() => {
    if (elsewhere !== null) replace(elsewhere, { id });
  }, [elsewhere, id]);
  const abilities = elsewhere === null ? (query.data?.abilities ?? []) : [];
  // Changing an existing rating is allowed, but it is not the primary action.
  const rated = query.data?.rating != null;
  const primary = primaries.find((action) => abilities.includes(action) && !(action === "rate" && rated)) ?? null;
  return (
    <Page
      title={words.request.title}
      foot={
        primary && (
          <Button kind="primary" onPress={() => take(primary, id)}>
            {words.steps[primary].button}
          </Button>
        )
      }
    >
      <QueryView query={query}>
        {(detail) => elsewhere === null && <Detail detail={detail} primary={primary} />}
      </QueryView>
    </Page>
  );
}

/**
 * The page that shows the request to staff and followers. Null: this page, for the resident and a family member who
 * filed it.
 */
function pageElsewhere({ resident, filedBy, progressOnly }: RequestDetail, staff: boolean) {
  if (resident.mine || (filedBy?.as === "family" && filedBy.mine)) return null;
  if (staff) return "/subpackages/cadre/request/index";
  return progressOnly ? "/subpackages/resident/follow/index" : null;
}

function Detail({ detail, primary }: { detail: RequestDetail; primary: Action | null }): ReactNode {
  const say = words.request;
  const now = useNow();
  const me = useMe();
  const others = detail.abilities.filter((action) => action !== primary && !onCards.includes(action));
  const known = order.filter((action) => others.includes(action));
  const buttons = [...known, ...others.filter((action) => !known.includes(action))];
  return (
    <>
      <Card className="request__now">
        <StateTag {...stateOf(detail)} />
        <View className="title">{nextOf(detail, now)}</View>
        {detail.coHandlers.map((organization) => (
          <View key={organization}>{say.coHandling(organization)}</View>
        ))}
        {detail.question && (
          <View className="request__question">
            <View className="small">{say.question}</View>
            <View>{detail.question.text}</View>
          </View>
        )}
        {detail.closingReason && (
          <View className="request__question">
            <View className="small">{say.reason}</View>
            <View>{detail.closingReason}</View>
          </View>
        )}
      </Card>
      <FiledBy request={detail} />
      {detail.handler && (
        <Section title={say.handler}>
          <Card>
            <NameCard card={detail.handler} now={now} />
          </Card>
        </Section>
      )}
      <Section title={say.flow}>
        <Card>
          <Flow items={flowOf(detail, me?.id ?? null)} now={now} />
        </Card>
      </Section>
      <Section title={say.details}>
        <RequestWords request={detail} now={now} />
      </Section>
      {buttons.length > 0 && (
        <View className="request__buttons">
          {buttons.map((action) => (
            <Button
              key={action}
              kind={action === "withdraw" ? "quiet" : "plain"}
              onPress={() => take(action, detail.id)}
            >
              {action === "rate" ? say.changeRating : words.steps[action].button}
            </Button>
          ))}
        </View>
      )}
    </>
  );
}

function take(action: Action, id: string): void {
  if (action === "rate") open("/subpackages/resident/rate/index", { id });
  else open("/subpackages/resident/step/index", { id, action });
}
