import { PhoneOutlined } from "@ant-design/icons";
import { POLL_MS } from "../../api/poll.ts";
import { useQuery } from "../../api/use-query.ts";
import { useCatalogue } from "../../components/catalogue.tsx";
import { PersonAvatar } from "../../components/person-avatar.tsx";
import { Nothing, WhenLoaded } from "../../components/states.tsx";
import { zh } from "../../i18n/zh.ts";
import { byReadiness, isOnDuty } from "../../lib/cadres.ts";
import { positionWord } from "../../lib/event-words.ts";
import { clockTime } from "../../lib/time.ts";
import { useNow } from "../../lib/use-now.ts";

const t = zh.today;

/** 亮身份: the cadres on duty, until when, and their numbers of open requests. */
export function DutyNow() {
  const { communityId } = useCatalogue();
  const now = useNow();
  const cadres = useQuery("GET /api/communities/:id/cadres", communityId ? { params: { id: communityId } } : null, {
    pollMs: POLL_MS,
    forget: true,
  });
  return (
    <section className="card" aria-label={t.dutyTitle}>
      <h2>{t.dutyTitle}</h2>
      {communityId === null ? (
        <Nothing title={zh.requests.communityFirst} />
      ) : (
        <WhenLoaded loaded={cadres}>
          {({ items }) => {
            const present = items.filter((cadre) => isOnDuty(cadre, now)).toSorted(byReadiness(now));
            if (present.length === 0) return <Nothing title={t.dutyNone} hint={t.dutyNoneHint} />;
            return (
              <ul className="duty">
                {present.map((cadre) => (
                  <li key={cadre.id} className="cadre">
                    <PersonAvatar name={cadre.name} photoUrl={cadre.photoUrl} size={40} />
                    <div className="cadre-words">
                      <p>
                        <strong>{cadre.name}</strong> <span className="muted">{cadre.title}</span>
                      </p>
                      <p className="muted">{cadre.positions.map(positionWord).join(zh.common.join)}</p>
                      {cadre.dutyPhone && (
                        <p className="figures muted">
                          <PhoneOutlined aria-hidden /> {cadre.dutyPhone}
                        </p>
                      )}
                    </div>
                    <p className="cadre-load figures">
                      <span className="good">
                        {cadre.onDutyUntil && t.dutyUntil(clockTime(new Date(cadre.onDutyUntil)))}
                      </span>
                      <br />
                      <span className="muted">{t.dutyOpen(cadre.openRequests)}</span>
                    </p>
                  </li>
                ))}
              </ul>
            );
          }}
        </WhenLoaded>
      )}
    </section>
  );
}
