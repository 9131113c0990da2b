import type { RequestDetail } from "../../../contract/index.ts";
import { Time } from "../../components/time.tsx";
import { zh } from "../../i18n/zh.ts";
import { Card, Fact } from "./side-cards.tsx";

/**
 * 回访: the reason, deadline and result of the callback after a bad rating, and the head of the unit that is
 * responsible for the rework.
 */
export function CallbackCard({ request: { callback, unitHead } }: { request: RequestDetail }) {
  const say = zh.callback;
  if (callback === null && unitHead === null) return null;
  return (
    <Card title={say.title}>
      <dl className="facts">
        {unitHead && <Fact label={say.unitHead}>{unitHead}</Fact>}
        {callback && (
          <>
            <Fact label={say.reason}>{say.why[callback.why]}</Fact>
            {callback.made === null && (
              <Fact label={say.due}>
                <Time value={callback.dueBy} />
              </Fact>
            )}
            {callback.attempts > 0 && <Fact label={say.attempts}>{say.times(callback.attempts)}</Fact>}
          </>
        )}
        {callback?.made && (
          <>
            <Fact label={say.made}>
              {zh.steps.callbackAnswers[callback.made.answer]}：{callback.made.text}
            </Fact>
            <Fact label={say.by}>
              {callback.made.byName} <Time value={callback.made.at} />
            </Fact>
          </>
        )}
      </dl>
    </Card>
  );
}
