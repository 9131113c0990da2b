import { type ReactNode, useState } from "react";
import { sayWindow } from "../../../../fronts/time-window.ts";
import { atClock, wallClock } from "../../../../fronts/wall-clock.ts";
import { Button } from "../../../components/button";
import { Chips } from "../../../components/chips";
import { Field } from "../../../components/field";
import { Sheet } from "../../../components/sheet";
import { words } from "../../../i18n";
import { sayClock, sayDay } from "../../../i18n/time-words";
import { type When, whenChoices, windowOf } from "../../../lib/time-window";

interface Props {
  chosen: When | null;
  now: Date;
  problem: string | undefined;
  onChoose: (when: When | null) => void;
}

const DAYS = 7;
/** Clock times to choose from; closer together in the evening, when people come home. */
const clocks = [7, 8, 9, 12, 14, 17, 18, 18.5, 19, 19.5, 20, 21].map((hours) => ({
  hour: Math.floor(hours),
  minute: (hours % 1) * 60,
}));

/** When the resident is at home: a chip, or a day and an hour. The chosen chip's date is shown below. */
export function WhenPart({ chosen, now, problem, onChoose }: Props): ReactNode {
  const [own, setOwn] = useState(false);
  const say = words.file;
  const said = chosen === null ? "" : sayWindow(windowOf(chosen, now), now);
  const code = chosen === null ? "any" : typeof chosen === "object" ? "own" : chosen;
  return (
    <Field label={say.when} problem={problem} {...(typeof chosen === "string" && { hint: said })}>
      <Chips<"any" | "own" | (When & string)>
        choices={[
          { code: "any", text: say.whenAny },
          ...whenChoices(now),
          { code: "own", text: code === "own" ? said : say.whenOwn },
        ]}
        chosen={[code]}
        onChoose={(next) => {
          if (next === "own") setOwn(true);
          else onChoose(next === "any" ? null : next);
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
  onChoose: (when: When) => void;
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
            if (taken) onChoose({ day, ...taken });
            onClose();
          }}
        >
          {taken ? sayWindow(windowOf({ day, ...taken }, now), now) : say.whenOwn}
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
