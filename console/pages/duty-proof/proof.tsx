import type { RefObject } from "react";
import { Link } from "react-router";
import type { DutyProof } from "../../../contract/index.ts";
import { TableHead } from "../../components/table-head.tsx";
import { dutyProof as t } from "../../i18n/zh-duty-proof.ts";
import { zh } from "../../i18n/zh.ts";
import { countDone, lengthOfDuty } from "../../../fronts/duty-proof.ts";
import { eventWords } from "../../lib/event-words.ts";
import { clockTime, dayOf, exactTime, lengthWords } from "../../lib/time.ts";
import { dayName } from "../../lib/roster-words.ts";

/** The printed sheet: cadre and day, hours, actions, and the seal. */
export function Proof({ proof, sheet }: { proof: DutyProof; sheet: RefObject<HTMLElement> }) {
  const { communityName, cadre, day } = proof;
  return (
    <article className="report" ref={sheet}>
      <header>
        <h2>{t.heading(communityName)}</h2>
        <p className="muted">{t.who(cadre.name, cadre.title, day, dayName(day))}</p>
      </header>
      <Hours proof={proof} />
      <section>
        <h3>{t.counts}</h3>
        <dl className="report-counts">
          {countDone(proof.rows).map(({ what, count }) => (
            <div key={what}>
              <dt>{t.count[what]}</dt>
              <dd className="figures">{count}</dd>
            </div>
          ))}
        </dl>
      </section>
      <Rows rows={proof.rows} day={day} />
      {proof.sealed && <Sealed sealed={proof.sealed} asOf={proof.asOf} />}
    </article>
  );
}

function Hours({ proof: { planned, duties, day, asOf } }: { proof: DutyProof }) {
  // A shift may end after midnight, which is 24:00 and more of its own day.
  const clock = (at: string): string => {
    const instant = new Date(at);
    return dayOf(instant) === day ? clockTime(instant) : exactTime(instant).slice(5, 16);
  };
  const shifts = planned.map(({ from, to }) => ({
    key: from,
    words: `${clock(from)}–${clock(to)}`,
    length: Date.parse(to) - Date.parse(from),
  }));
  const there = duties.map((duty) => ({
    key: duty.from ?? "",
    words: `${duty.from ? clock(duty.from) : t.earlier}–${duty.to ? clock(duty.to) : t.still}`,
    length: lengthOfDuty(duty, asOf),
  }));
  const lines = [
    ...(shifts.length > 0 ? shifts : [{ key: "", words: t.unplanned, length: null }]).map((l) => ({
      ...l,
      of: t.planned,
    })),
    ...(there.length > 0 ? there : [{ key: "", words: t.absent, length: null }]).map((l) => ({ ...l, of: t.onDuty })),
  ];
  return (
    <section>
      <h3>{t.hours}</h3>
      <table>
        <TableHead heads={t.hoursHeads} />
        <tbody>
          {lines.map(({ of, key, words, length }) => (
            <tr key={`${of} ${key}`}>
              <th scope="row">{of}</th>
              <td className="figures">{words}</td>
              <td className="figures">{length === null ? zh.common.none : lengthWords(length)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Rows({ rows, day }: { rows: DutyProof["rows"]; day: string }) {
  const time = (at: string): string => {
    const instant = new Date(at);
    return dayOf(instant) === day ? exactTime(instant).slice(11) : exactTime(instant).slice(5);
  };
  return (
    <section>
      <h3>{t.rows}</h3>
      {rows.length === 0 ? (
        <p className="muted">{t.rowsNone}</p>
      ) : (
        <table>
          <TableHead heads={t.rowsHeads} />
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <td className="figures">{row.pos}</td>
                <td className="figures nowrap">{time(row.at)}</td>
                <td>{eventWords(row).sentence}</td>
                <td className="code nowrap">
                  {row.requestId && (
                    <Link to={`/requests/${row.requestId}`} state={{ back: true }}>
                      {row.requestNo}
                    </Link>
                  )}
                </td>
                <td className="nowrap">{row.onDuty ? t.on : <span className="muted">{t.off}</span>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function Sealed({ sealed, asOf }: { sealed: NonNullable<DutyProof["sealed"]>; asOf: string }) {
  const { anchor } = sealed;
  const at = exactTime(new Date(asOf));
  return (
    <section>
      <h3>{t.seal}</h3>
      {sealed.range && <p>{t.under(sealed.range.first, sealed.range.last)}</p>}
      <p className="code wraps">{sealed.seal}</p>
      {anchor ? (
        <>
          <p>{t.anchored(anchor.day, anchor.pos)}</p>
          <p className="code wraps">{anchor.signature}</p>
          <p className="code">{t.fingerprint(anchor.fingerprint)}</p>
        </>
      ) : (
        <p>{t.unanchored}</p>
      )}
      <p className={sealed.holds ? "good" : "bad"}>{sealed.holds ? t.holds(at) : t.broken(at)}</p>
      <p className="muted">{t.how}</p>
    </section>
  );
}
