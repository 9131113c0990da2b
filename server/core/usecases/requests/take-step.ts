import type { Actor } from "../../../kernel/actor.ts";
import type { Asking } from "../../../kernel/command.ts";
import { refuse } from "../../../kernel/errors.ts";
import type { Service } from "../../domain/community/community.ts";
import type { OfficeHours } from "../../domain/community/working-time.ts";
import { assertMayRead } from "../../domain/requests/policy.ts";
import {
  type Action,
  type Decision,
  type Inputs,
  alreadyTaken,
  decide,
} from "../../domain/requests/request-lifecycle.ts";
import type { Request } from "../../domain/requests/request.ts";
import type { Uses } from "../../ports.ts";
import { type WordMark, checkWords, marked } from "./check-words.ts";
import { filedService } from "../community/filed-service.ts";
import { officeHoursOf } from "../community/office-hours.ts";
import { runStep } from "../../../kernel/step-runner.ts";

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
 * Takes one step of a request. Returns the request after the step. Throws what the transition table says, `content.refused`,
 * `request.unknown`, `idempotency.key_reused`, `write.contended`.
 */
export function takeStep<A extends Action>(
  deps: Stepping,
  { actor, intent }: Asking,
  requestId: string,
  action: A,
  input: Inputs[A],
  admit: Admit = assertMayRead,
): Promise<Request> {
  let mark: WordMark | null = null;
  return runStep(intent, {
    async load() {
      const loaded = await deps.store.requests.load(requestId);
      if (!loaded) refuse("request.unknown");
      const terms = await termsOf(deps, loaded.request);
      admit(actor, loaded.request, terms.service);
      return { request: loaded.request, steps: loaded.steps, terms };
    },
    unchanged: ({ request }) => request,
    async decide({ request, terms }) {
      if (alreadyTaken(request, action, actor)) return null;
      const decision = decide(request, action, input, { actor, now: deps.clock.now(), ...terms }) as Decision;
      mark ??= await checkWords(deps, actor, input);
      return { ...decision, event: marked(decision.event, mark) };
    },
    async save(decision, { request }) {
      const { set, event, echo } = decision;
      // What was written on the condition that it is still what was read.
      const after = { ...request, ...set, version: (echo ?? event).version };
      return (await deps.store.requests.saveStep(requestId, decision, intent)) ? after : null;
    },
    wakeRelay({ event, echo }) {
      deps.kick(event.communityId);
      if (echo) deps.kick(echo.communityId);
    },
  });
}
