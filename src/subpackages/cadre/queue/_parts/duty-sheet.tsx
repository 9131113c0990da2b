import { type ReactNode, useState } from "react";
import { call, useAction, useConsents, useQuery } from "../../../../api";
import { Button } from "../../../../components/button";
import { Chips } from "../../../../components/chips";
import { Sheet } from "../../../../components/sheet";
import { Problem } from "../../../../components/states";
import { words } from "../../../../i18n";
import { sayUntil } from "../../../../i18n/time-words";
import { dutyEnds } from "../../../../lib/duty-ends";

interface Props {
  now: Date;
  onClose: () => void;
  onStarted: () => void;
}

/** The choice to be on duty for the rostered hours. */
const BY_ROSTER = "roster";

/** Chooses the end of the duty: of the current shift in the roster, a usual end of a shift, or some hours from now. */
export function DutySheet({ now, onClose, onStarted }: Props): ReactNode {
  const say = words.cadre.queue;
  const [ends] = useState(() =>
    dutyEnds(now).map((end) => ({ code: end.toISOString(), text: say.startAt(sayUntil(end, now)) })),
  );
  const shift = useQuery("GET /api/me/shifts", {}).data?.now ?? null;
  const choices = shift
    ? [{ code: BY_ROSTER, text: say.startByRoster(sayUntil(new Date(shift.to), now)) }, ...ends]
    : ends;
  const [picked, setPicked] = useState<string | null>(null);
  const chosen = picked ?? choices[0]?.code ?? "";
  const consents = useConsents();
  const start = useAction(async (key, until: string) => {
    if (until === BY_ROSTER) await call("POST /api/duty/check-in", undefined, { idempotencyKey: key });
    else await call("POST /api/duty/start", { body: { until } }, { idempotencyKey: key });
    onClose();
    onStarted();
  });
  return (
    <Sheet
      title={say.startTitle}
      onClose={onClose}
      foot={
        <Button
          kind="primary"
          pending={start.pending}
          onPress={() => void consents.ask().then(() => start.run(chosen))}
        >
          {say.startSubmit}
        </Button>
      }
    >
      <Problem message={start.error} />
      <Chips choices={choices} chosen={[chosen]} onChoose={setPicked} />
    </Sheet>
  );
}
