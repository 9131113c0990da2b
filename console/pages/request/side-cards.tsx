import { CheckCircleOutlined, PhoneOutlined, SafetyCertificateOutlined } from "@ant-design/icons";
import type { ReactNode } from "react";
import type { CadreCard, KnowledgeCard, RequestDetail } from "../../../contract/index.ts";
import { sayWindow } from "../../../fronts/time-window.ts";
import { PersonAvatar } from "../../components/person-avatar.tsx";
import { Reveal } from "../../components/reveal.tsx";
import { Time } from "../../components/time.tsx";
import { zh } from "../../i18n/zh.ts";
import { positionWord } from "../../lib/event-words.ts";
import { clockTime, lengthWords, remainingWords } from "../../lib/time.ts";
import { useNow } from "../../lib/use-now.ts";

const t = zh.request;

/** A card beside the request. */
export function Card({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="card" aria-label={title}>
      <h3>{title}</h3>
      {children}
    </section>
  );
}

/** Both deadlines: the time left, or when they were met. */
export function ClockCard({ request }: { request: RequestDetail }) {
  return (
    <Card title={t.clock}>
      <dl className="facts">
        <Clock
          label={t.respond}
          by={request.respondBy}
          done={request.firstContactAt}
          over={request.closedAt !== null}
        />
        <Clock label={t.resolve} by={request.resolveBy} done={request.resolvedAt} over={request.closedAt !== null} />
        {request.escalation && (
          <div>
            <dt>{t.escalated}</dt>
            <dd className={request.escalation.level === "reminded" ? "figures" : "figures bad"}>
              {t.escalatedAt(
                zh.requests.escalation[request.escalation.level],
                zh.sentence.clock[request.escalation.clock],
              )}{" "}
              <Time value={request.escalation.at} />
            </dd>
          </div>
        )}
      </dl>
    </Card>
  );
}

/** One deadline. `over`: the request ended without this step, so its deadline no longer applies. */
function Clock({ label, by, done, over }: { label: string; by: string | null; done: string | null; over: boolean }) {
  const now = useNow();
  const deadline = by === null ? null : new Date(by);
  return (
    <div>
      <dt>{label}</dt>
      <dd className="figures">{words()}</dd>
    </div>
  );

  function words(): ReactNode {
    if (done !== null) {
      const late = deadline === null ? 0 : new Date(done).getTime() - deadline.getTime();
      return (
        <>
          <CheckCircleOutlined aria-hidden className={late > 0 ? "bad" : "good"} /> <Time value={done} />
          {late > 0 && <span className="bad">，{t.late(lengthWords(late))}</span>}
        </>
      );
    }
    if (over) return zh.common.none;
    if (deadline === null) return t.paused;
    return (
      <>
        <span className={deadline < now ? "bad strong" : "strong"}>{remainingWords(deadline, now)}</span>
        <br />
        <small className="muted">
          <Time value={deadline} />
        </small>
      </>
    );
  }
}

/** 亮身份: the handler of the request. */
export function HandlerCard({ handler }: { handler: CadreCard | null }) {
  const now = useNow();
  if (!handler) {
    return (
      <Card title={t.handler}>
        <p className="muted">{t.noHandler}</p>
      </Card>
    );
  }
  const until = handler.onDutyUntil ? new Date(handler.onDutyUntil) : null;
  const onDuty = until !== null && until > now;
  return (
    <Card title={t.handler}>
      <div className="cadre">
        <PersonAvatar name={handler.name} photoUrl={handler.photoUrl} size={44} />
        <div>
          <p>
            <strong>{handler.name}</strong> <span className="muted">{handler.title}</span>
          </p>
          <p className={onDuty ? "good" : "muted"}>{onDuty ? t.dutyUntil(clockTime(until)) : t.offDuty}</p>
        </div>
      </div>
      <p className="muted">{handler.positions.map(positionWord).join(zh.common.join)}</p>
      {handler.dutyPhone && (
        <p className="figures">
          <PhoneOutlined aria-hidden /> <a href={`tel:${handler.dutyPhone}`}>{handler.dutyPhone}</a>
        </p>
      )}
    </Card>
  );
}

/** The place of the request, the contact and when they can be reached. */
export function PlaceCard({ request }: { request: RequestDetail }) {
  const now = useNow();
  const { place, contact, timeWindow, resident } = request;
  const masked = `${place.unit}${place.room}${contact.phone}`.includes("*");
  return (
    <Card title={t.place}>
      <dl className="facts">
        <Fact label={t.address}>
          <Reveal
            {...{ of: "request", id: request.id, whose: contact.name }}
            field="home"
            masked={zh.residents.home(place.building, place.unit, place.room)}
          />
        </Fact>
        <Fact label={t.contact}>{contact.name}</Fact>
        <Fact label={t.phone}>
          <Reveal {...{ of: "request", id: request.id, whose: contact.name }} field="phone" masked={contact.phone} />
        </Fact>
        {timeWindow && <Fact label={t.preferred}>{sayWindow(timeWindow, now)}</Fact>}
        <Fact label={t.resident}>
          {resident.name}{" "}
          <span className={resident.tier === "confirmed" ? "good nowrap" : "muted nowrap"}>
            {resident.tier === "confirmed" && <SafetyCertificateOutlined aria-hidden />} {zh.tier[resident.tier]}
          </span>
        </Fact>
        <FiledBy filedBy={request.filedBy} />
        {request.formerly.length > 0 && (
          <Fact label={zh.proxyFiling.formerly}>{request.formerly.join(zh.common.join)}</Fact>
        )}
        {request.acceptedIn && <Fact label={zh.proxyFiling.acceptedIn}>{request.acceptedIn.name}</Fact>}
      </dl>
      {masked && <small className="muted">{t.masked}</small>}
    </Card>
  );
}

/** The person who filed for the resident, and for a family member the state of the resident's consent. */
function FiledBy({ filedBy }: Pick<RequestDetail, "filedBy">) {
  const say = zh.proxyFiling;
  if (filedBy === null) return null;
  const { as, name, relation, consent } = filedBy;
  const isFamily = as === "family" && relation !== null;
  return (
    <>
      <Fact label={say.filedBy}>{isFamily ? say.byFamily(say.relations[relation], name) : say.byStaff(name)}</Fact>
      {consent && (
        <Fact label={say.consent}>
          {say.consents[consent.state]}
          {consent.mayRate && say.mayRate}
        </Fact>
      )}
    </>
  );
}

/** Neighbours who follow the request. */
export function FollowersCard({ followedBy }: Pick<RequestDetail, "followedBy">) {
  if (!followedBy || followedBy.length === 0) return null;
  return (
    <Card title={`${zh.proxyFiling.followedBy} ${followedBy.length}`}>
      <dl className="facts">
        {followedBy.map(({ name, building, at }) => (
          <Fact key={at} label={name || zh.common.erased}>
            {building} <Time value={at} />
          </Fact>
        ))}
      </dl>
      <small className="muted">{zh.proxyFiling.followedHint}</small>
    </Card>
  );
}

/** A labelled value in a card. */
export function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** The knowledge card of the service: how to handle this kind of request. */
export function KnowledgeCardBox({ card }: { card: KnowledgeCard }) {
  const parts = (["bring", "ask", "say"] as const).filter((part) => card[part].length > 0);
  if (parts.length === 0) return null;
  return (
    <Card title={t.knowledge}>
      {parts.map((part) => (
        <div key={part} className="knowledge">
          <h4>{t[part]}</h4>
          <ul>
            {card[part].map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </div>
      ))}
    </Card>
  );
}
