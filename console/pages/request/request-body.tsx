import { Tabs } from "antd";
import type { RequestDetail } from "../../../contract/index.ts";
import { Time } from "../../components/time.tsx";
import { zh } from "../../i18n/zh.ts";
import { exactTime } from "../../lib/time.ts";
import { useCatalogue } from "../../components/catalogue.tsx";
import { CallbackCard } from "./callback-card.tsx";
import { ClockCard, FollowersCard, HandlerCard, KnowledgeCardBox, PlaceCard } from "./side-cards.tsx";
import { CoHandling } from "./co-handling.tsx";
import { DeliveriesCard } from "./deliveries-card.tsx";
import { Messages } from "./messages.tsx";
import { Photos } from "./photos.tsx";
import { Rated } from "./rated.tsx";
import { RequestTimeline } from "./request-timeline.tsx";

const t = zh.request;

/** A request in full: content and timeline on the left, people and deadlines on the right. */
export function RequestBody({ request }: { request: RequestDetail }) {
  const { communityId } = useCatalogue();
  // Staff of a community that is asked to take the request over see its place, but not the resident's personal data.
  const asked = request.transfer !== null && request.transfer.to === communityId;
  return (
    <div className="request-body">
      <div className="request-story">
        {request.handover && (
          <section className="callout callout-wait">
            <h3>{t.handover(request.handover.from, request.handover.to)}</h3>
            <p className="said">{request.handover.note}</p>
            <small className="muted">
              <Time value={request.handover.at} />
            </small>
          </section>
        )}
        {request.question && (
          <section className="callout callout-wait">
            <h3>{t.question}</h3>
            <p className="said">{request.question.text}</p>
            <small className="muted">
              <Time value={request.question.askedAt} />
            </small>
          </section>
        )}
        {request.transfer && (
          <section className="callout callout-wait">
            <h3>{zh.proxyFiling.transferOpen(request.transfer.fromName, request.transfer.toName)}</h3>
            <p className="said">{request.transfer.reason}</p>
            {asked && <p>{zh.proxyFiling.transferPlace(request.communityName, request.place.building)}</p>}
            <small className="muted">
              {request.transfer.byName} <Time value={request.transfer.at} />
            </small>
          </section>
        )}
        {request.timeRequest && (
          <section className="callout callout-wait">
            <h3>{t.timeRequestTitle[request.timeRequest.kind]}</h3>
            <p>
              {t.timeRequestUntil} <Time value={request.timeRequest.until} />
            </p>
            <p className="said">{request.timeRequest.reason}</p>
          </section>
        )}
        {request.suspendedUntil && (
          <section className="callout callout-wait">
            <h3>{t.suspended}</h3>
            <p>{t.suspendedUntil(exactTime(new Date(request.suspendedUntil)).slice(0, 16))}</p>
          </section>
        )}
        {request.closingReason && (
          <section className="callout">
            <h3>{zh.status[request.status]}</h3>
            <p className="said">{request.closingReason}</p>
          </section>
        )}
        {request.result && (
          <section className="callout callout-good">
            <h3>{t.result}</h3>
            <p className="said">{request.result.text}</p>
            <Photos files={request.result.files} />
          </section>
        )}
        {request.rating && <Rated rating={request.rating} />}
        {request.progressOnly ? (
          <p className="callout muted">{zh.proxyFiling.progressOnly}</p>
        ) : (
          <section>
            <h3>{t.description}</h3>
            <p className="said">{request.description}</p>
            <Photos files={request.files} />
            <Answers request={request} />
          </section>
        )}
        <CoHandling request={request} />
        <Tabs
          className="request-tabs"
          items={[
            { key: "timeline", label: t.timeline, children: <RequestTimeline request={request} /> },
            {
              key: "messages",
              label: t.messages(request.messages.length),
              children: <Messages messages={request.messages} />,
            },
          ]}
        />
      </div>
      <div className="request-side">
        <CallbackCard request={request} />
        <ClockCard request={request} />
        <HandlerCard handler={request.handler} />
        {!request.progressOnly && !asked && (
          <>
            <PlaceCard request={request} />
            <DeliveriesCard requestId={request.id} />
          </>
        )}
        <FollowersCard followedBy={request.followedBy} />
        {request.knowledgeCard && <KnowledgeCardBox card={request.knowledgeCard} />}
      </div>
    </div>
  );
}

function Answers({ request }: { request: RequestDetail }) {
  const { services } = useCatalogue();
  const questions = services.find(({ serviceCode }) => serviceCode === request.serviceCode)?.questions ?? [];
  const answers = Object.entries(request.answers);
  if (answers.length === 0) return null;
  return (
    <dl className="facts" aria-label={t.answers}>
      {answers.map(([code, answer]) => (
        <div key={code}>
          <dt>{questions.find((question) => question.code === code)?.label ?? code}</dt>
          <dd>{answer}</dd>
        </div>
      ))}
    </dl>
  );
}
