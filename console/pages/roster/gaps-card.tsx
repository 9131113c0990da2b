import { Select } from "antd";
import type { RosterWeek } from "../../../contract/index.ts";
import { zh } from "../../i18n/zh.ts";
import { gapWords } from "../../lib/roster-words.ts";
import type { Named } from "./use-week-mutations.ts";

const t = zh.roster;
type Backup = RosterWeek["backups"][number];
const NOBODY = "";
const WEEK = 10_080;
const isWholeWeek = ({ from, to }: Backup): boolean => from === 0 && to === WEEK;

interface Props {
  week: RosterWeek;
  mayName: boolean;
  onName: (named: Named) => void;
}

/**
 * Hours without a cadre on duty; red until a backup is named. One backup can be named for the whole week or per gap.
 */
export function GapsCard({ week, mayName, onName }: Props) {
  const { gaps, backups, cadres } = week;
  const nameOf = (id: string): string => cadres.find((cadre) => cadre.id === id)?.name ?? "";
  const whole = backups.find(isWholeWeek);
  const unnamed = gaps.filter(({ backupId }) => backupId === null).length;
  const people = cadres.map(({ id, name }) => ({ value: id, label: name }));
  const own = (from: number, to: number) => backups.find((backup) => backup.from === from && backup.to === to);
  const set = (from: number, to: number, cadreId: string): void =>
    onName({ from, to, cadreId: cadreId === NOBODY ? null : cadreId });
  const share = week.coverMinutes === 0 ? 100 : Math.floor((week.coveredMinutes / week.coverMinutes) * 1000) / 10;
  return (
    <section className="card" aria-label={t.gaps}>
      <h2>
        {t.gaps} <small className="muted figures">{t.covered(`${share}%`)}</small>
      </h2>
      {gaps.length === 0 ? (
        <p className="muted">{t.gapsNone}</p>
      ) : (
        <p className={unnamed > 0 ? "bad strong" : "good"} role="status">
          {unnamed > 0 ? t.gapsUnnamed(unnamed) : t.gapsNamed}
        </p>
      )}
      <div className="roster-backup">
        <span className="strong">{t.wholeWeek}</span>
        <Select
          aria-label={t.wholeWeek}
          disabled={!mayName}
          value={whole?.cadreId ?? NOBODY}
          options={[{ value: NOBODY, label: t.nobody }, ...people]}
          onChange={(cadreId: string) => set(0, WEEK, cadreId)}
        />
      </div>
      <ul className="roster-gaps">
        {gaps.map(({ from, to, backupId }) => (
          <li key={from} className="roster-backup">
            <span className={backupId === null ? "bad figures" : "figures"}>{gapWords({ from, to })}</span>
            <Select
              aria-label={t.gapFor(gapWords({ from, to }))}
              size="small"
              disabled={!mayName}
              value={own(from, to)?.cadreId ?? NOBODY}
              options={[{ value: NOBODY, label: whole ? t.byWeek(nameOf(whole.cadreId)) : t.nobody }, ...people]}
              onChange={(cadreId: string) => set(from, to, cadreId)}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
