import { newKey } from "../lib/new-key";
import { isH5 } from "../wx/platform";
import { requestSubscribe } from "../wx/subscribe";
import { call, mayCallAsUser, useMe } from "./connection";
import { refreshQueries } from "./query-cache";
import { useQuery } from "./use-query";

/** With so many messages in hand a template is not asked for again. */
const MAX_OPEN_CONSENTS = 3;

/**
 * Consents to WeChat's messages, one consent one message. `ask` belongs into a tap (filing, start of duty, claim),
 * before anything is awaited; it resolves when the person has answered, and never stands in the way of what the tap
 * is for.
 */
export function useConsents(): { ask(): Promise<void> } {
  const me = useMe();
  const input = !isH5 && mayCallAsUser(me) ? {} : null;
  const { data } = useQuery("GET /api/notify/templates", input);
  const wanted = (data?.items ?? []).filter(({ left }) => left < MAX_OPEN_CONSENTS).map(({ templateId }) => templateId);

  async function ask(): Promise<void> {
    const said = await requestSubscribe(wanted);
    const answers = Object.entries(said).map(([templateId, answer]) => ({ templateId, answer }));
    if (answers.length === 0) return;
    // Lost, it is known from WeChat's push; the person does not wait for it.
    call("POST /api/notify/consents", { body: { answers } }, { idempotencyKey: newKey() }).then(
      () => refreshQueries("GET /api/notify/templates"),
      () => undefined,
    );
  }
  return { ask };
}
