import type { OpKey } from "../../contract/index.ts";
import type { Api } from "./api.ts";
import type { SeededWorld } from "./seeded-world.ts";

/**
 * The people and the request that a sample writes with: demo people, and a request of the resident that the cadre
 * handles.
 */
export interface SampleContext {
  world: SeededWorld;
  resident: Api;
  cadre: Api;
  clerk: Api;
  requestId: string;
  /** Counts a call. Throws when it was refused. */
  did<T extends { code: string | null; body: unknown }>(answer: T): T;
}

type Json = Record<string, unknown>;
/** Pairs of a sent text and the same text in the reply. */
export type Echoed = (sent: Json, got: Json) => (readonly [sent: unknown, got: unknown])[];

/** What `tests/modules/<name>/sample.ts` exports as `sample`. */
export interface ModuleSample {
  /** Writes `piiText` into every text of the module, so that each kind of its documents is created. */
  write?(context: SampleContext): Promise<void>;
  /** Operations whose replies contain texts from the request. */
  echoes?: Partial<Record<OpKey, Echoed>>;
}
