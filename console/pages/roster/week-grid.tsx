import { PlusOutlined } from "@ant-design/icons";
import { type DragEvent, type KeyboardEvent, useEffect, useRef, useState } from "react";
import type { RosterWeek } from "../../../contract/index.ts";
import { zh } from "../../i18n/zh.ts";
import { dayWords, gapsOfDay, minuteWords, spanWords } from "../../lib/roster-words.ts";
import { DayHead } from "./day-head.tsx";

const t = zh.roster;
type Shift = RosterWeek["shifts"][number];

/** A cell of the grid. */
export interface Place {
  cadreId: string;
  day: string;
}

interface Props {
  week: RosterWeek;
  mayChange: boolean;
  onMove: (shift: Shift, to: Place) => void;
  onRemove: (shift: Shift) => void;
  onEdit: (shift: Shift) => void;
  onAdd: (to: Place) => void;
  onDayChanged: () => void;
  say: (words: string) => void;
}

/**
 * The grid of a week: cadres down, days across. A shift can be dragged to another cell. By keyboard, Enter picks it up,
 * arrows move it, Enter drops it and Escape cancels. The last row shows hours without a cadre in red.
 */
export function WeekGrid({ week, mayChange, onMove, onRemove, onEdit, onAdd, onDayChanged, say }: Props) {
  const [carried, setCarried] = useState<{ shift: Shift; to: Place } | null>(null);
  const [over, setOver] = useState<Place | null>(null);
  const dragged = useRef<Shift | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const focusNext = useRef<{ shiftId: string; to: Place } | null>(null);
  const { cadres, days, shifts } = week;
  const nameOf = (id: string): string => cadres.find((cadre) => cadre.id === id)?.name ?? "";
  const wordsOf = (shift: Shift): string =>
    t.shift(shift.name, nameOf(shift.cadreId), dayWords(week, shift.day), spanWords(shift.spans));

  // A moved shift is rendered in another cell, so the focus is moved there.
  useEffect(() => {
    if (focusNext.current === null) return;
    const { shiftId, to } = focusNext.current;
    // The move may not be in this week yet, because replies of other edits can come before its own.
    if (!week.shifts.some(({ id, cadreId, day }) => id === shiftId && cadreId === to.cadreId && day === to.day)) return;
    box.current?.querySelector<HTMLElement>(`[data-shift="${CSS.escape(shiftId)}"]`)?.focus();
    focusNext.current = null;
  }, [week]);

  const put = (shift: Shift, to: Place): void => {
    setCarried(null);
    setOver(null);
    if (shift.cadreId === to.cadreId && shift.day === to.day) return say(t.putBack);
    focusNext.current = { shiftId: shift.id, to };
    onMove(shift, to);
  };

  function carry(event: KeyboardEvent, { shift, to }: { shift: Shift; to: Place }): void {
    if (event.key === "Escape") {
      setCarried(null);
      return say(t.putBack);
    }
    if (event.key === "Enter" || event.key === " ") return put(shift, to);
    const row = cadres.findIndex(({ id }) => id === to.cadreId);
    const column = days.findIndex(({ day }) => day === to.day);
    const step = steps[event.key];
    if (!step) return;
    const cadre = cadres[row + step[0]];
    const day = days[column + step[1]];
    if (!cadre || !day) return;
    setCarried({ shift, to: { cadreId: cadre.id, day: day.day } });
    say(t.over(cadre.name, dayWords(week, day.day)));
  }

  function onShiftKey(event: KeyboardEvent<HTMLElement>, shift: Shift): void {
    if (carried) {
      event.preventDefault();
      carry(event, carried);
      return;
    }
    const step = steps[event.key];
    if (step) {
      event.preventDefault();
      moveFocus(event.currentTarget, step);
      return;
    }
    if (!mayChange) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      setCarried({ shift, to: shift });
      say(t.picked(wordsOf(shift)));
    } else if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      onRemove(shift);
    } else if (event.key === "e" || event.key === "E") {
      event.preventDefault();
      onEdit(shift);
    }
  }

  const isTarget = (place: Place): boolean =>
    [carried?.to, over].some((target) => target?.cadreId === place.cadreId && target.day === place.day);

  return (
    <div className="roster-box" role="region" aria-label={t.grid} ref={box}>
      {mayChange && <p className="muted roster-hint">{t.gridHint}</p>}
      <table className="roster-grid">
        <thead>
          <tr>
            <th scope="col">{t.cadre}</th>
            {days.map((day) => (
              <th key={day.day} scope="col">
                <DayHead week={week} day={day} mayChange={mayChange} onChanged={onDayChanged} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {cadres.map((cadre) => (
            <tr key={cadre.id}>
              <th scope="row">{cadre.name}</th>
              {days.map(({ day }) => {
                const place = { cadreId: cadre.id, day };
                return (
                  <td
                    key={day}
                    className={isTarget(place) ? "roster-target" : ""}
                    data-cell={`${cadre.name} ${day}`}
                    onDragOver={(event) => {
                      if (!dragged.current) return;
                      event.preventDefault();
                      setOver(place);
                    }}
                    onDrop={(event) => {
                      event.preventDefault();
                      if (dragged.current) put(dragged.current, place);
                      dragged.current = null;
                    }}
                  >
                    {shifts
                      .filter((shift) => shift.cadreId === cadre.id && shift.day === day)
                      .map((shift) => (
                        <button
                          key={shift.id}
                          type="button"
                          className={classOf(shift, carried?.shift.id === shift.id)}
                          data-shift={shift.id}
                          aria-label={wordsOf(shift)}
                          draggable={mayChange}
                          onDragStart={(event: DragEvent) => {
                            dragged.current = shift;
                            event.dataTransfer.effectAllowed = "move";
                            event.dataTransfer.setData("text/plain", shift.id);
                          }}
                          onDragEnd={() => {
                            dragged.current = null;
                            setOver(null);
                          }}
                          onKeyDown={(event) => onShiftKey(event, shift)}
                          onDoubleClick={() => mayChange && onEdit(shift)}
                        >
                          <span className="strong">{shift.name}</span>
                          {shift.away && <span className="tag tag-bad">{t.away}</span>}
                          {shift.clash && <span className="tag tag-bad">{t.clash}</span>}
                          <span className="figures">{spanWords(shift.spans)}</span>
                        </button>
                      ))}
                    {mayChange && (
                      <button
                        type="button"
                        className="roster-add"
                        aria-label={t.add(cadre.name, dayWords(week, day))}
                        onClick={() => onAdd(place)}
                      >
                        <PlusOutlined aria-hidden />
                      </button>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t.gapRow}</th>
            {days.map(({ day }, n) => (
              <td key={day} className="figures">
                {gapsOfDay(week.gaps, n).map(({ from, to, backupId }) => (
                  <p key={from} className={backupId === null ? "roster-gap" : "roster-gap roster-gap-named"}>
                    {minuteWords(from)}–{minuteWords(to)}
                    {backupId !== null && ` ${nameOf(backupId)}`}
                  </p>
                ))}
                {gapsOfDay(week.gaps, n).length === 0 && t.gapNone}
              </td>
            ))}
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

/** The change of row and column for each arrow key. */
const steps: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

const classOf = ({ away, clash }: Shift, carried: boolean): string =>
  ["roster-shift", away || clash ? "roster-shift-bad" : "", carried ? "roster-shift-carried" : ""].join(" ");

/** Moves the focus to the nearest button of the next cell in that direction. */
function moveFocus(from: HTMLElement, [down, right]: readonly [number, number]): void {
  const cell = from.closest("td");
  const row = cell?.parentElement;
  if (!cell || !row) return;
  const inCell = [...cell.querySelectorAll<HTMLElement>("button")];
  const within = inCell[inCell.indexOf(from) + down];
  if (down !== 0 && within) return within.focus();
  const rows = [...(row.parentElement?.children ?? [])];
  const target = rows[rows.indexOf(row) + down]?.children[[...row.children].indexOf(cell) + right];
  target?.querySelector<HTMLElement>("button")?.focus();
}
