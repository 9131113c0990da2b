import type { Uses } from "../../ports.ts";
import type { Asking } from "../../../kernel/command.ts";
import type { Service } from "../../domain/community/community.ts";
import type { Actor } from "../../../kernel/actor.ts";
import { refuse } from "../../../kernel/errors.ts";
import { assertMayRead } from "../../domain/requests/policy.ts";
import type { Request } from "../../domain/requests/request.ts";
import { type Action, type Inputs, alreadyTaken, decide } from "../../domain/requests/request-lifecycle.ts";
import type { OfficeHours } from "../../domain/community/working-time.ts";
import { type WordMark, checkWords, marked } from "./check-words.ts";
import { filedService } from "../community/filed-service.ts";
import { officeHoursOf } from "../community/office-hours.ts";
import { wasDone } from "../../../kernel/idempotency.ts";

/** After this many lost races the caller is told to try again. */
const ATTEMPTS = 4;

/** The service of a request as it was filed, and when its community's office is open. */
export async function termsOf(
  deps: Uses<"holidays" | "store">,
  request: Pick<Request, "communityId" | "serviceCode" | "serviceVersion">,
): Promise<{ service: Service; office: OfficeHours; offerMinutes: number | undefined; unitHead: string | null }> {
  const community = await deps.store.communities.find(request.communityId);
  const service = community && (await filedService(deps, community, request));
  if (!community || !service) refuse("service.unknown");
  const { offerMinutes } = community;
  return { service, office: await officeHoursOf(deps, community), offerMinutes, unitHead: community.unitHead || null };
}

/** What taking a step of a request needs. */
export type Stepping = Uses<"store" | "holidays" | "words" | "keys" | "clock" | "kick">;

/** Throws `request.unknown` for whoever has no business with the request. */
export type Admit = (actor: Actor, request: Request, service: Service) => void;

/**
 * Takes one step of a request: load, decide, save in one conditional write; when the version has moved meanwhile, once more from
 * the start, so that only a state that refuses the step refuses it. Returns the request after the step. Throws what the
 * transition table says, `content.refused`, `request.unknown`, `idempotency.key_reused`, `write.contended`.
 */
export async function takeStep<A extends Action>(
  deps: Stepping,
  { actor, intent }: Asking,
  requestId: string,
  action: A,
  input: Inputs[A],
  admit: Admit = assertMayRead,
): Promise<Request> {
  let mark: WordMark | null = null;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const loaded = await deps.store.requests.load(requestId);
    if (!loaded) refuse("request.unknown");
    const { request, steps } = loaded;
    const terms = await termsOf(deps, request);
    admit(actor, request, terms.service);
    if (wasDone(intent, steps) || alreadyTaken(request, action, actor)) return request;
    const decision = decide(request, action, input, { actor, now: deps.clock.now(), ...terms });
    mark ??= await checkWords(deps, actor, input);
    const event = marked(decision.event, mark);
    if (await deps.store.requests.saveStep(requestId, { ...decision, event }, intent)) {
      deps.kick(event.communityId);
      if (decision.echo) deps.kick(decision.echo.communityId);
      // What was written on the condition that it is still what was read.
      return { ...request, ...decision.set, version: (decision.echo ?? event).version };
    }
  }
  return refuse("write.contended");
}
