import { newKey } from "../lib/new-key";
import { isH5 } from "../wx/platform";
import { requestSubscribe } from "../wx/subscribe";
import { call, mayCallAsUser, useMe } from "./connection";
import { refreshQueries } from "./query-cache";
import { useQuery } from "./use-query";

/** A template with this many unused consents is not asked for again. */
const MAX_OPEN_CONSENTS = 3;

/**
 * Consents to subscribe messages; each consent is for one message. `ask` must be called in a tap handler (filing, start
 * of duty, claim) before anything is awaited. It resolves after the person's answer and never rejects.
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
    // The person does not wait for this call. If it fails, the server learns the answers from WeChat's push.
    call("POST /api/notify/consents", { body: { answers } }, { idempotencyKey: newKey() }).then(
      () => refreshQueries("GET /api/notify/templates"),
      () => undefined,
    );
  }
  return { ask };
}
