import { View } from "@tarojs/components";
import { type ReactNode, useState } from "react";
import type { Leave } from "../../../../../contract/index.ts";
import { call, useAction } from "../../../../api";
import { Button } from "../../../../components/button";
import { Chips } from "../../../../components/chips";
import { Field, TextInput } from "../../../../components/field";
import { Card, Section } from "../../../../components/section";
import { Sheet } from "../../../../components/sheet";
import { Problem } from "../../../../components/states";
import { words } from "../../../../i18n";
import { sayDay } from "../../../../i18n/time-words";
import { MINUTE, atClock, wallClock } from "../../../../../fronts/wall-clock.ts";

const say = words.shifts;
const DAYS_AHEAD = 14;
const LENGTHS = [1, 2, 3, 5, 7, 14];
const kinds = (Object.keys(say.leaveKinds) as Leave["kind"][]).map((code) => ({ code, text: say.leaveKinds[code] }));

interface Props {
  leaves: readonly Leave[];
  now: Date;
  onChanged: (said: string) => void;
}

/** The cadre's leaves, and a form to ask for one. */
export function LeavePart({ leaves, now, onChanged }: Props): ReactNode {
  const [asking, setAsking] = useState(false);
  const cancel = useAction(async (key, id: string) => {
    await call("POST /api/leaves/:id", { params: { id }, body: { step: "cancel" } }, { idempotencyKey: key });
    onChanged(say.leaveCancelled);
  });
  // `to` is exclusive, so the last day ends a minute before.
  const lastDay = (to: string): Date => new Date(new Date(to).getTime() - MINUTE);
  return (
    <Section title={say.leave}>
      <Problem message={cancel.error} />
      {leaves.map(({ id, kind, from, to, state, abilities }) => (
        <Card key={id} className="shifts__card">
          <View>{say.leaveSpan(say.leaveKinds[kind], sayDay(new Date(from), now), sayDay(lastDay(to), now))}</View>
          <View className="small">{say.leaveStates[state]}</View>
          {abilities.includes("cancel") && (
            <Button pending={cancel.pending} onPress={() => void cancel.run(id)}>
              {say.leaveCancel}
            </Button>
          )}
        </Card>
      ))}
      <Button icon="plus" onPress={() => setAsking(true)}>
        {say.leaveAsk}
      </Button>
      {asking && <LeaveSheet now={now} onClose={() => setAsking(false)} onAsked={() => onChanged(say.leaveAsked)} />}
    </Section>
  );
}

function LeaveSheet({ now, onClose, onAsked }: { now: Date; onClose: () => void; onAsked: () => void }): ReactNode {
  const today = wallClock(now).day;
  const [kind, setKind] = useState<Leave["kind"]>("annual");
  const [first, setFirst] = useState(today + 1);
  const [days, setDays] = useState(1);
  const [note, setNote] = useState("");
  const ask = useAction(async (key, body: { kind: Leave["kind"]; from: string; to: string; note: string | null }) => {
    await call("POST /api/leaves", { body }, { idempotencyKey: key });
    onClose();
    onAsked();
  });
  const submit = (): void => {
    const [from, to] = [atClock(first, 0), atClock(first + days, 0)];
    void ask.run({ kind, from: from.toISOString(), to: to.toISOString(), note: note.trim() || null });
  };
  return (
    <Sheet
      title={say.leaveTitle}
      onClose={onClose}
      foot={
        <Button kind="primary" pending={ask.pending} onPress={submit}>
          {say.leaveSubmit}
        </Button>
      }
    >
      <Problem message={ask.error} />
      <Field label={say.leaveKind}>
        <Chips choices={kinds} chosen={[kind]} onChoose={setKind} />
      </Field>
      <Field label={say.leaveFrom}>
        <Chips
          choices={Array.from({ length: DAYS_AHEAD }, (_, n) => ({
            code: String(today + n),
            text: sayDay(atClock(today + n, 12), now),
          }))}
          chosen={[String(first)]}
          onChoose={(day) => setFirst(Number(day))}
        />
      </Field>
      <Field label={say.leaveDays}>
        <Chips
          choices={LENGTHS.map((n) => ({ code: String(n), text: say.leaveDaysCount(n) }))}
          chosen={[String(days)]}
          onChoose={(n) => setDays(Number(n))}
        />
      </Field>
      <Field label={say.leaveNote}>
        <TextInput label={say.leaveNote} value={note} max={200} placeholder={say.leaveNoteHint} onChange={setNote} />
      </Field>
    </Sheet>
  );
}
