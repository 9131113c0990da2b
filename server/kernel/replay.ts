import type { ComparableValue, Difference, ReplayedState } from "./replay-state.ts";
import { differences } from "./replay-state.ts";

/** An event of an aggregate from the log or its outbox. */
export interface OwnStep {
  version: number;
  type: string;
  at: Date;
  /** The community in whose log it is. */
  communityId: string;
  requestNo: string | null;
  serviceCode: string | null;
  actorId: string;
  residentId: string | null;
  handlerId: string | null;
  filerId: string | null;
  organization: string | null;
  /** Null when it was erased. The fields above stay. */
  data: Readonly<Record<string, unknown>> | null;
}

/**
 * The steps in the order in which they were taken. They are sorted by version, since positions are comparable within
 * one log only and an aggregate may have been in several.
 */
export const sortSteps = <T extends { version: number }>(steps: readonly T[]): T[] =>
  steps.toSorted((a, b) => a.version - b.version);

/**
 * How an aggregate is replayed from its own steps. `log:verify` replays every document of the collection and compares.
 * `State`: the stored document without the fields of the store.
 */
export interface AggregateReplay<State = unknown, Field extends string = string> {
  collection: string;
  /** Fields of a document that the comparison does not need. */
  unread: readonly string[];
  /** The name of an aggregate in reports for the operator. */
  nameOf(state: State): string;
  /** The names of the compared fields in reports for the operator. */
  labels: Readonly<Record<Field, string>>;
  stateOf(state: State): Record<Field, ComparableValue>;
  /**
   * The compared fields according to the steps. `stored`: for fields that are derived from others and not from the log.
   */
  replay(steps: readonly OwnStep[], stored: State): ReplayedState<Field>;
  /** The fields with free text of a resident. They are erased from the document first and from the log afterwards. */
  words?: {
    fields: readonly Field[];
    residentId(state: State): string;
    /** Whether they are erased, or past their retention period, whoever wrote them. */
    isOver(state: State, now: Date): boolean;
  };
}

/**
 * Whether an event is a step of its aggregate. Events of erasures and `state.recorded` only commit to its state; they
 * have a version but change nothing that is replayed.
 */
export const isStep = (type: string): boolean => type !== "state.recorded" && !type.endsWith(".erased");

/** A stored aggregate and its replay. */
export interface ComparedState {
  replay: AggregateReplay;
  state: unknown;
}

/** The differences between a stored aggregate and the state that its steps give. */
export const differencesFrom = ({ replay, state }: ComparedState, steps: readonly OwnStep[]): Difference[] =>
  differences(
    replay.stateOf(state),
    replay.replay(
      steps.filter(({ type }) => isStep(type)),
      state,
    ),
  );
