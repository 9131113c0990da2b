import type { Actor } from "../../../kernel/actor.ts";
import type { CommandContext } from "../../../kernel/command.ts";
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
import { withChanges } from "../../domain/requests/request-change.ts";
import type { Uses } from "../../ports.ts";
import { type WordMark, checkWords, marked } from "./check-words.ts";
import { serviceAsFiled } from "../community/filed-service.ts";
import { officeHoursOf } from "../community/office-hours.ts";
import { runStep } from "../../../kernel/step-runner.ts";

/** The service of a request as filed, and the settings of its community that steps need. */
export async function termsOf(
  deps: Uses<"holidays" | "store">,
  request: Pick<Request, "communityId" | "serviceCode" | "serviceVersion">,
): Promise<{ service: Service; office: OfficeHours; offerMinutes: number | undefined; unitHead: string | null }> {
  const community = await deps.store.communities.find(request.communityId);
  const service = community && (await serviceAsFiled(deps, community, request));
  if (!community || !service) refuse("service.unknown");
  const { offerMinutes } = community;
  return { service, office: await officeHoursOf(deps, community), offerMinutes, unitHead: community.unitHead || null };
}

/** The ports for a step of a request. */
export type StepPorts = Uses<"store" | "holidays" | "wordCheck" | "keys" | "clock" | "wakeRelay">;

/** Throws `request.unknown` for an actor who may not know the request. */
export type Admit = (actor: Actor, request: Request, service: Service) => void;

/**
 * Takes a step of a request and returns the request after it. Throws the refusals of the transition table,
 * `content.refused`, `request.unknown`, `idempotency.key_reused`, `write.contended`.
 */
export function takeStep<A extends Action>(
  deps: StepPorts,
  { actor, idempotency }: CommandContext,
  requestId: string,
  action: A,
  input: Inputs[A],
  admit: Admit = assertMayRead,
): Promise<Request> {
  let mark: WordMark | null = null;
  return runStep(idempotency, {
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
      const { set, event, mirror } = decision;
      // The saved document equals this, since the write is conditional on the version that was read.
      const after = withChanges(request, set, { version: (mirror ?? event).version });
      return (await deps.store.requests.saveStep(requestId, decision, idempotency)) ? after : null;
    },
    wakeRelay({ event, mirror }) {
      deps.wakeRelay(event.communityId);
      if (mirror) deps.wakeRelay(mirror.communityId);
    },
  });
}
