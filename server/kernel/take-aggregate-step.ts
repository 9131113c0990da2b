import type { Actor } from "./actor.ts";
import type { AggregateRepository, Versioned } from "./aggregate-repository.ts";
import type { Clock } from "./clock.ts";
import type { Asking } from "./command.ts";
import { type ErrorCode, refuse } from "./errors.ts";
import type { About, DomainEvent, EventContent } from "./event.ts";
import type { Intent } from "./idempotency.ts";
import { runStep } from "./step-runner.ts";

/** What a step of an aggregate (a plan, a week, a leave, a community, an invitation) changes, and what the log says of it. */
export type AggregateStep<T> = EventContent & {
  set: Partial<T>;
  /** The cadres whom it concerns, besides who does it. */
  cadreIds: readonly string[];
};

/** Which aggregate, and how it looks before its first step; null: it must be there, else `unknown` is thrown. */
export interface Target<T extends Versioned> {
  repository: Pick<AggregateRepository<T>, "load" | "insert" | "saveStep">;
  kind: About["kind"];
  id: string;
  blank: T | null;
  unknown: ErrorCode;
}

interface Parts {
  clock: Clock;
  kick(communityId: string): void;
}

/** A step that makes its event itself: what it changes, and the event, of the version after the value's. */
export interface EventStep<T> {
  set: Partial<T>;
  event: DomainEvent;
}

/** Takes one step of an aggregate whose event is more than {@link takeAggregateStep} says. Throws as that does. */
export function takeEventStep<T extends Versioned>(
  deps: Parts,
  intent: Intent | null,
  { repository, id, blank, unknown }: Omit<Target<T>, "kind">,
  decide: (value: T, now: Date) => EventStep<T> | null | Promise<EventStep<T> | null>,
): Promise<T> {
  return runStep(intent, {
    async load() {
      const loaded = await repository.load(id);
      return loaded ? { ...loaded, stored: true } : { value: blank ?? refuse(unknown), steps: [], stored: false };
    },
    unchanged: ({ value }) => value,
    decide: ({ value }) => decide(value, deps.clock.now()),
    async save({ set, event }, { value, stored }) {
      if (stored) return repository.saveStep(id, set, event, intent);
      const first = { ...value, ...set, version: event.version };
      return (await repository.insert(first, event, intent)) ? first : null;
    },
    wakeRelay: ({ event }) => deps.kick(event.communityId),
  });
}

/**
 * Takes one step of an aggregate. `decide` returns null when there is nothing to do. Throws what it throws, `unknown` of the target,
 * `idempotency.key_reused`, `write.contended`.
 */
export const takeAggregateStep = <T extends Versioned>(
  deps: Parts,
  { actor, intent }: Asking,
  target: Target<T>,
  decide: (value: T, now: Date) => AggregateStep<T> | null | Promise<AggregateStep<T> | null>,
): Promise<T> =>
  takeEventStep(deps, intent, target, async (value, now) => {
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
