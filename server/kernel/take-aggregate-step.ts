import type { Actor } from "./actor.ts";
import type { AggregateRepository, Versioned } from "./aggregate-repository.ts";
import type { Clock } from "./clock.ts";
import type { CommandContext } from "./command.ts";
import { type ErrorCode, refuse } from "./errors.ts";
import type { About, DomainEvent, EventContent } from "./event.ts";
import type { IdempotencyRecord } from "./idempotency.ts";
import { runStep } from "./step-runner.ts";

/**
 * The changes of a step of an aggregate (a plan, a week, a leave, a community, an invitation), and the content of its
 * event.
 */
export type AggregateStep<T> = EventContent & {
  set: Partial<T>;
  /** The cadres concerned, besides the actor. */
  cadreIds: readonly string[];
};

/**
 * The aggregate of a step. `blank`: its state before the first step; null when it must exist, and `unknown` is thrown
 * otherwise.
 */
export interface Target<T extends Versioned> {
  repository: Pick<AggregateRepository<T>, "load" | "insert" | "saveStep">;
  kind: About["kind"];
  id: string;
  blank: T | null;
  unknown: ErrorCode;
}

interface Parts {
  clock: Clock;
  wakeRelay(communityId: string): void;
}

/** A step that creates its event itself: the changes, and the event with the next version. */
export interface EventStep<T> {
  set: Partial<T>;
  event: DomainEvent;
}

/** Takes a step of an aggregate whose event needs more than {@link takeAggregateStep} provides. Throws as that does. */
export function takeEventStep<T extends Versioned>(
  deps: Parts,
  idempotency: IdempotencyRecord | null,
  { repository, id, blank, unknown }: Omit<Target<T>, "kind">,
  decide: (value: T, now: Date) => EventStep<T> | null | Promise<EventStep<T> | null>,
): Promise<T> {
  return runStep(idempotency, {
    async load() {
      const loaded = await repository.load(id);
      return loaded ? { ...loaded, stored: true } : { value: blank ?? refuse(unknown), steps: [], stored: false };
    },
    unchanged: ({ value }) => value,
    decide: ({ value }) => decide(value, deps.clock.now()),
    async save({ set, event }, { value, stored }) {
      if (stored) return repository.saveStep(id, set, event, idempotency);
      const first = { ...value, ...set, version: event.version };
      return (await repository.insert(first, event, idempotency)) ? first : null;
    },
    wakeRelay: ({ event }) => deps.wakeRelay(event.communityId),
  });
}

/**
 * Takes a step of an aggregate. `decide` returns null when there is nothing to do. Throws what `decide` throws,
 * `unknown` of the target, `idempotency.key_reused`, `write.contended`.
 */
export const takeAggregateStep = <T extends Versioned>(
  deps: Parts,
  { actor, idempotency }: CommandContext,
  target: Target<T>,
  decide: (value: T, now: Date) => AggregateStep<T> | null | Promise<AggregateStep<T> | null>,
): Promise<T> =>
  takeEventStep(deps, idempotency, target, async (value, now) => {
    const step = await decide(value, now);
    return (
      step && {
        set: step.set,
        event: eventOf({ kind: target.kind, id: target.id, no: null }, value, step, { actor, now }),
      }
    );
  });

function eventOf<T extends Versioned>(
  about: About,
  value: T,
  step: AggregateStep<T>,
  { actor, now }: { actor: Actor; now: Date },
): DomainEvent {
  return {
    version: value.version + 1,
    type: step.type,
    at: now,
    communityId: value.communityId,
    requestId: null,
    requestNo: null,
    serviceCode: null,
    about,
    actor: { id: actor.userId, role: actor.role, name: actor.name },
    subjects: { residentId: null, handlerId: null, previousHandlerId: null, cadreIds: step.cadreIds },
    data: step.data,
  } as DomainEvent;
}
