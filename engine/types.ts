export type EngineKind = "mongod" | "download" | "documentdb" | "given";

/** A database that answers at `uri` until `stop()`, which may be called any number of times. */
export interface Engine {
  uri: string;
  kind: EngineKind;
  stop(): Promise<void>;
}

export interface EngineOptions {
  /** Where the data is kept; made if it is not there. */
  dataDir: string;
  /** Where downloaded engines are kept, shared by all data folders. Default: `engine` beside the data. */
  installDir?: string;
  /** A MongoDB that is there already; used as it is. */
  uri?: string;
  /** Takes one kind instead of the first that can be had. */
  choice?: Exclude<EngineKind, "given">;
  /** Shares the engine of a process that has one on this data folder, while it runs, instead of being refused. */
  share?: boolean;
  /** False only for tests: a throw-away copy of a template, without fsync. */
  durable?: boolean;
  /** Takes lines for the operator. */
  log: (line: string) => void;
}

/** What each kind of engine is started with. */
export interface StartOptions {
  dataDir: string;
  installDir: string;
  durable: boolean;
  log: (line: string) => void;
}

/** The database did not start; the message says why and what to do, in the operator's language. */
export class EngineFailure extends Error {}

/** This kind cannot be had on this machine; the message says why, in the operator's language. */
export class EngineUnavailable extends EngineFailure {}
