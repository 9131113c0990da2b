import { App, Button } from "antd";
import type { LeaveToDecide, RosterWeek, Swap } from "../../../contract/index.ts";
import { call } from "../../api/index.ts";
import { useMutation } from "../../api/use-mutation.ts";
import { useQuery } from "../../api/use-query.ts";
import { ErrorNote } from "../../components/states.tsx";
import { zh } from "../../i18n/zh.ts";
import { dayWords, spanWords } from "../../lib/roster-words.ts";
import { dayOf } from "../../lib/time.ts";
import { LeaveGaps } from "./leave-gaps.tsx";

const t = zh.roster;
type Answer = "approve" | "refuse";
type Decision = { leave: LeaveToDecide; step: Answer } | { swap: Swap; step: Answer };

/**
 * Leaves and swaps that wait for the committee. Leaves of all weeks are shown, because they are asked for in advance.
 */
export function WaitingCard({ week, onDecided }: { week: RosterWeek; onDecided: () => void }) {
  const { message } = App.useApp();
  const leaves = useQuery("GET /api/leaves", {});
  const act = useMutation(async (decision: Decision, idempotencyKey: string) => {
    const body = { step: decision.step };
    if ("leave" in decision) {
      return call("POST /api/leaves/:id", { params: { id: decision.leave.id }, body }, { idempotencyKey });
    }
    const { communityId: id, monday, id: swapId } = decision.swap;
    const key = "POST /api/communities/:id/roster/weeks/:monday/swaps/:swapId";
    return call(key, { params: { id, monday, swapId }, body }, { idempotencyKey });
  });
  const decide = async (decision: Decision): Promise<void> => {
    const done = await act.run(decision);
    leaves.reload();
    onDecided();
    if (done) message.success(t.decided);
  };
  const open = (leaves.data?.items ?? []).filter(({ abilities }) => abilities.length > 0);
  const swaps = week.swaps.filter(({ abilities }) => abilities.length > 0);
  const shift = (value: Swap["shift"]): string =>
    value ? `${dayWords(week, value.day)} ${value.name} ${spanWords(value.spans)}` : zh.common.none;
  const last = (to: string): string => dayOf(new Date(new Date(to).getTime() - 1));
  const buttons = (abilities: readonly string[], decideWith: (step: Answer) => Decision, label: string) => (
    <span className="roster-answers">
      {(["approve", "refuse"] as const)
        .filter((step) => abilities.includes(step))
        .map((step) => (
          <Button
            key={step}
            size="small"
            type={step === "approve" ? "primary" : "default"}
            disabled={act.busy}
            aria-label={`${t[step]} ${label}`}
            onClick={() => void decide(decideWith(step))}
          >
            {t[step]}
          </Button>
        ))}
    </span>
  );
  return (
    <section className="card" aria-label={t.waiting}>
      <h2>{t.waiting}</h2>
      <ErrorNote error={act.error} />
      {open.length + swaps.length === 0 && <p className="muted">{t.waitingNone}</p>}
      <ul className="roster-waiting">
        {open.map((leave) => {
          const { cadre, kind, from, to, note, abilities } = leave;
          const words = t.leave(cadre.name, t.leaveKinds[kind], dayOf(new Date(from)), last(to));
          return (
            <li key={leave.id}>
              <p>{words}</p>
              {note && <p className="muted">{note}</p>}
              <LeaveGaps opens={leave.opens} />
              {buttons(abilities, (step) => ({ leave, step }), words)}
            </li>
          );
        })}
        {swaps.map((swap) => {
          const words = t.swap(swap.from.name, swap.to.name, shift(swap.shift));
          return (
            <li key={swap.id}>
              <p>{words}</p>
              {swap.returnShift && <p>{t.swapBack(shift(swap.returnShift))}</p>}
              {swap.note && <p className="muted">{swap.note}</p>}
              {buttons(swap.abilities, (step) => ({ swap, step }), words)}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
