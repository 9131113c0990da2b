export type EngineKind = "mongod" | "download" | "documentdb" | "given";

/** A database that is available at `uri` until `stop()`, which may be called repeatedly. */
export interface Engine {
  uri: string;
  kind: EngineKind;
  /** Resolves when it has died for good, with a sentence for the operator. One that is not ours is never given up. */
  lost: Promise<EngineFailure>;
  stop(): Promise<void>;
}

/** For an engine that somebody else keeps running. */
export const NEVER_LOST = new Promise<never>(() => undefined);

export interface EngineOptions {
  /** The folder of the data, which is created if it does not exist. */
  dataDir: string;
  /** The folder of downloaded engines, which data folders may share. Default: `engine` in the data folder. */
  installDir?: string;
  /** An existing MongoDB, used as it is. */
  uri?: string;
  /** Uses this kind instead of the first available one. */
  choice?: Exclude<EngineKind, "given">;
  /** Shares the engine of a running process on this data folder instead of being refused. */
  share?: boolean;
  /** False only for tests: a temporary copy of a template, without fsync. */
  durable?: boolean;
  /** Logs a line for the operator. */
  log: (line: string) => void;
}

/** The options for starting one kind of engine. */
export interface StartOptions {
  dataDir: string;
  installDir: string;
  durable: boolean;
  log: (line: string) => void;
}

/** The database did not start. The message says why and what to do, in the operator's language. */
export class EngineFailure extends Error {}

/** This kind is not available on this machine. The message says why, in the operator's language. */
export class EngineUnavailable extends EngineFailure {}
