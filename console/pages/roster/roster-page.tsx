import { LeftOutlined, PrinterOutlined, RightOutlined } from "@ant-design/icons";
import { App, Alert, Button, Popconfirm } from "antd";
import { useState } from "react";
import { Link, useSearchParams } from "react-router";
import type { RosterWeek } from "../../../contract/index.ts";
import { type Written, useQuery } from "../../api/use-query.ts";
import { useCatalogue } from "../../components/catalogue.tsx";
import { CommunityFilter } from "../../components/filter-fields.tsx";
import { Page } from "../../components/page.tsx";
import { ErrorNote, Nothing, WhenLoaded } from "../../components/states.tsx";
import { dutyProof } from "../../i18n/zh-duty-proof.ts";
import { zh } from "../../i18n/zh.ts";
import { addDays, dayWords, mondayOf, spanWords } from "../../lib/roster-words.ts";
import { dayOf } from "../../lib/time.ts";
import { useNow } from "../../lib/use-now.ts";
import { FairnessCard } from "./fairness-card.tsx";
import { GapsCard } from "./gaps-card.tsx";
import { PatternsDrawer } from "./patterns-drawer.tsx";
import { ShiftDialog, type ShiftFields } from "./shift-dialog.tsx";
import { useWeekMutations } from "./use-week-mutations.ts";
import { WaitingCard } from "./waiting-card.tsx";
import { type Place, WeekGrid } from "./week-grid.tsx";

const t = zh.roster;
type Shift = RosterWeek["shifts"][number];

/** 排班: the roster of one week, with gaps, working hours, and leaves and swaps that wait for the committee. */
export function RosterPage() {
  const { communityId, spans } = useCatalogue();
  const [search, setSearch] = useSearchParams();
  const now = useNow();
  const thisMonday = mondayOf(dayOf(now));
  const monday = mondayOf(search.get("week") ?? thisMonday);
  const input = communityId === null ? null : { params: { id: communityId, monday } };
  const week = useQuery("GET /api/communities/:id/roster/weeks/:monday", input, { pollMs: 15_000 });
  const go = (to: string) =>
    setSearch((old) => {
      old.set("week", to);
      return old;
    });
  return (
    <Page
      title={t.title}
      scrolls
      fresh={week}
      actions={
        <Link to={`/duty-proof${communityId && spans ? `?communityId=${communityId}` : ""}`}>{dutyProof.open}</Link>
      }
      filters={
        <>
          <CommunityFilter
            value={communityId ?? undefined}
            onChange={(id) =>
              setSearch((old) => {
                if (id === undefined) old.delete("communityId");
                else old.set("communityId", id);
                return old;
              })
            }
          />
          <Button icon={<LeftOutlined aria-hidden />} aria-label={t.before} onClick={() => go(addDays(monday, -7))} />
          <Button disabled={monday === thisMonday} onClick={() => go(thisMonday)}>
            {t.thisWeek}
          </Button>
          <Button icon={<RightOutlined aria-hidden />} aria-label={t.after} onClick={() => go(addDays(monday, 7))} />
          <span className="roster-week strong figures">{t.week(monday, addDays(monday, 6))}</span>
        </>
      }
    >
      {communityId === null ? (
        <Nothing title={zh.requests.communityFirst} />
      ) : (
        <WhenLoaded loaded={week}>
          {(data) => <Week key={communityId} week={data} stale={data.monday !== monday} loaded={week} />}
        </WhenLoaded>
      )}
    </Page>
  );
}

/** An editable week. `stale`: another week is being loaded. */
function Week({ week, stale, loaded }: { week: RosterWeek; stale: boolean; loaded: Written<RosterWeek> }) {
  const { reload } = loaded;
  const { message } = App.useApp();
  const [said, setSaid] = useState("");
  const [dialog, setDialog] = useState<Shift | Place | null>(null);
  const [patterns, setPatterns] = useState(false);
  const acts = useWeekMutations(week, loaded);
  const may = (ability: RosterWeek["abilities"][number]): boolean => !stale && week.abilities.includes(ability);
  const nameOf = (id: string): string => week.cadres.find((cadre) => cadre.id === id)?.name ?? "";
  const wordsOf = (shift: Shift): string =>
    t.shift(shift.name, nameOf(shift.cadreId), dayWords(week, shift.day), spanWords(shift.spans));

  const move = async (shift: Shift, to: Place): Promise<void> => {
    const done = await acts.change([{ do: "set", shiftId: shift.id, to: { cadreId: to.cadreId, day: to.day } }]);
    if (done) setSaid(t.dropped(nameOf(to.cadreId), dayWords(week, to.day)));
  };
  const remove = async (shift: Shift): Promise<void> => {
    setDialog(null);
    if (!(await acts.change([{ do: "remove", shiftId: shift.id }]))) return;
    setSaid(t.removed(wordsOf(shift)));
    const { name, day, spans, position, cadreId } = shift;
    const key = `removed ${shift.id}`;
    const undo = () => {
      message.destroy(key);
      void acts.change([{ do: "add", shift: { name, day, spans, position, cadreId } }]);
    };
    message.open({
      key,
      type: "info",
      duration: 8,
      content: (
        <>
          {t.removed(wordsOf(shift))}
          <Button type="link" onClick={undo}>
            {t.undo}
          </Button>
        </>
      ),
    });
  };
  const save = async (fields: ShiftFields): Promise<void> => {
    const shift = dialog && "id" in dialog ? dialog : null;
    const done = await acts.change(
      shift ? [{ do: "set", shiftId: shift.id, to: fields }] : [{ do: "add", shift: fields }],
    );
    if (done) setDialog(null);
  };
  const publish = async (): Promise<void> => {
    if (await acts.publish()) message.success(t.publishDone);
  };

  return (
    <>
      <div className="roster-tools">
        <span className={week.state === "published" ? "tag tag-good" : "tag tag-wait"}>
          {week.state === "published" ? t.published : t.draft}
        </span>
        {may("publish") && (
          <Button type="primary" loading={acts.busy} onClick={() => void publish()}>
            {t.publish}
          </Button>
        )}
        {may("reset") && (
          <Popconfirm
            title={t.resetAsk}
            onConfirm={() => void acts.reset()}
            okText={t.reset}
            cancelText={zh.common.cancel}
          >
            <Button>{t.reset}</Button>
          </Popconfirm>
        )}
        {may("change") && <Button onClick={() => setPatterns(true)}>{t.patterns}</Button>}
        <Button icon={<PrinterOutlined aria-hidden />} onClick={() => window.print()}>
          {t.print}
        </Button>
      </div>
      {!week.yearKnown && <Alert className="stale-note" type="warning" showIcon title={t.unknownYear} />}
      <ErrorNote error={acts.error} />
      <p className="roster-said" role="status">
        {said}
      </p>
      <div className="roster">
        <WeekGrid
          week={week}
          mayChange={may("change")}
          onMove={(shift, to) => void move(shift, to)}
          onRemove={(shift) => void remove(shift)}
          onEdit={setDialog}
          onAdd={setDialog}
          onDayChanged={reload}
          say={setSaid}
        />
        <aside className="roster-side">
          <GapsCard week={week} mayName={may("name-backups")} onName={(named) => void acts.name(named)} />
          {may("change") && <WaitingCard week={week} onDecided={reload} />}
          <FairnessCard week={week} />
        </aside>
      </div>
      {dialog && (
        <ShiftDialog
          week={week}
          at={dialog}
          busy={acts.busy}
          onSave={(fields) => void save(fields)}
          onRemove={(shift) => void remove(shift)}
          onClose={() => setDialog(null)}
        />
      )}
      {patterns && (
        <PatternsDrawer
          week={week}
          onClose={() => {
            setPatterns(false);
            reload();
          }}
        />
      )}
    </>
  );
}
