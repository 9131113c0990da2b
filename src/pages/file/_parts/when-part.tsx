import { type ReactNode, useState } from "react";
import { Button } from "../../../components/button";
import { Chips } from "../../../components/chips";
import { Field } from "../../../components/field";
import { Sheet } from "../../../components/sheet";
import { words } from "../../../i18n";
import { sayClock, sayDay } from "../../../i18n/time-words";
import { type TimeWindow, ownWindow, windowChoices } from "../../../lib/time-window";
import { atClock, wallClock } from "../../../lib/wall-clock";

interface Props {
  chosen: TimeWindow | null;
  now: Date;
  onChoose: (window: TimeWindow | null) => void;
}

const DAYS = 7;
/** Few enough to see at once; finer in the evening, when people come home. */
const clocks = [7, 8, 9, 12, 14, 17, 18, 18.5, 19, 19.5, 20, 21].map((hours) => ({
  hour: Math.floor(hours),
  minute: (hours % 1) * 60,
}));

/** When the resident is at home: a chip, or a day and an hour. */
export function WhenPart({ chosen, now, onChoose }: Props): ReactNode {
  const [own, setOwn] = useState(false);
  const say = words.file;
  const choices = windowChoices(now);
  const picked = choices.find(({ window }) => window.label === chosen?.label);
  const code = chosen === null ? "any" : (picked?.code ?? "own");
  return (
    <Field label={say.when}>
      <Chips
        choices={[
          { code: "any", text: say.whenAny },
          ...choices.map((choice) => ({ code: choice.code, text: choice.chip })),
          { code: "own", text: code === "own" ? (chosen?.label ?? say.whenOwn) : say.whenOwn },
        ]}
        chosen={[code]}
        onChoose={(next) => {
          if (next === "own") setOwn(true);
          else onChoose(choices.find((choice) => choice.code === next)?.window ?? null);
        }}
      />
      {own && <OwnWindow now={now} onChoose={onChoose} onClose={() => setOwn(false)} />}
    </Field>
  );
}

function OwnWindow({
  now,
  onChoose,
  onClose,
}: {
  now: Date;
  onChoose: (window: TimeWindow) => void;
  onClose: () => void;
}): ReactNode {
  const today = wallClock(now).day;
  const [day, setDay] = useState(today + 1);
  const [clock, setClock] = useState("19:30");
  const say = words.file;
  const dayName = (n: number): string => sayDay(atClock(n, 12), now);
  const later = clocks.filter(({ hour, minute }) => atClock(day, hour, minute) > now);
  const taken = later.find((one) => sayClock(one) === clock) ?? later[0];
  return (
    <Sheet
      title={say.whenOwnTitle}
      onClose={onClose}
      foot={
        <Button
          kind="plain"
          disabled={taken === undefined}
          onPress={() => {
            if (taken) onChoose(ownWindow(dayName(day), day, taken.hour, taken.minute));
            onClose();
          }}
        >
          {taken ? words.file.windows.own(dayName(day), taken.hour, taken.minute) : say.whenOwn}
        </Button>
      }
    >
      <Field label={say.chooseDate}>
        <Chips
          choices={Array.from({ length: DAYS }, (_, n) => ({ code: String(today + n), text: dayName(today + n) }))}
          chosen={[String(day)]}
          onChoose={(next) => setDay(Number(next))}
        />
      </Field>
      <Field label={say.chooseTime}>
        <Chips
          choices={later.map((one) => ({ code: sayClock(one), text: sayClock(one) }))}
          chosen={taken ? [sayClock(taken)] : []}
          onChoose={setClock}
        />
      </Field>
    </Sheet>
  );
}
