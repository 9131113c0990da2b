/** Errors in the form that MongoDB's drivers expect: a code, its name, a message, and labels that allow retries. */
import type { Document } from "bson";
import { PgConnectionLost, PgError } from "./pg-client.ts";
import { BrokenFrame } from "./wire.ts";

/** The codes of MongoDB's error list that the gateway uses. */
export const CODES = {
  InternalError: 1,
  BadValue: 2,
  HostUnreachable: 6,
  FailedToParse: 9,
  Unauthorized: 13,
  TypeMismatch: 14,
  Overflow: 15,
  AuthenticationFailed: 18,
  IllegalOperation: 20,
  LockTimeout: 24,
  NamespaceNotFound: 26,
  IndexNotFound: 27,
  PathNotViable: 28,
  ConflictingUpdateOperators: 40,
  CursorNotFound: 43,
  NamespaceExists: 48,
  MaxTimeMSExpired: 50,
  DollarPrefixedFieldName: 52,
  EmptyFieldName: 56,
  DottedFieldName: 57,
  CommandNotFound: 59,
  ImmutableField: 66,
  CannotCreateIndex: 67,
  IndexAlreadyExists: 68,
  InvalidOptions: 72,
  InvalidNamespace: 73,
  IndexOptionsConflict: 85,
  IndexKeySpecsConflict: 86,
  ShutdownInProgress: 91,
  WriteConflict: 112,
  CommandNotSupported: 115,
  DocumentValidationFailure: 121,
  TransactionTooOld: 225,
  OperationNotSupportedInTransaction: 263,
  ExceededMemoryLimit: 146,
  BSONObjectTooLarge: 10334,
  DuplicateKey: 11000,
  OutOfDiskSpace: 14031,
  UnrecognizedStage: 40324,
} as const;

export type CodeName = keyof typeof CODES;

/** SQLSTATEs of the engine (`M` and four digits of base 36, an index into its list of errors). */
const ENGINE_STATES: Record<string, CodeName> = {
  M0000: "InternalError",
  M0001: "BadValue",
  M0003: "FailedToParse",
  M0004: "TypeMismatch",
  M0005: "Overflow",
  M0006: "IllegalOperation",
  M0008: "NamespaceNotFound",
  M0009: "IndexNotFound",
  M000A: "PathNotViable",
  M000D: "ConflictingUpdateOperators",
  M000E: "CursorNotFound",
  M000F: "NamespaceExists",
  M000G: "DollarPrefixedFieldName",
  M000J: "EmptyFieldName",
  M000K: "DottedFieldName",
  M000M: "ImmutableField",
  M000N: "CannotCreateIndex",
  M000O: "IndexAlreadyExists",
  M000P: "InvalidOptions",
  M000Q: "InvalidNamespace",
  M000R: "IndexOptionsConflict",
  M000S: "IndexKeySpecsConflict",
  M000U: "CommandNotSupported",
  M0016: "OperationNotSupportedInTransaction",
  M001B: "BSONObjectTooLarge",
  M001C: "DuplicateKey",
  M007U: "UnrecognizedStage",
  M00CO: "DocumentValidationFailure",
  M00EW: "LockTimeout",
  M00EX: "MaxTimeMSExpired",
  M00F1: "WriteConflict",
};

/** SQLSTATEs of PostgreSQL. */
const POSTGRES_STATES: Record<string, CodeName> = {
  "0A000": "CommandNotSupported",
  "08006": "HostUnreachable",
  "53100": "OutOfDiskSpace",
  "53200": "ExceededMemoryLimit",
  "53300": "HostUnreachable",
  "22023": "BadValue",
  "22P02": "FailedToParse",
  "23505": "DuplicateKey",
  "23P01": "DuplicateKey",
  "40001": "WriteConflict",
  "40P01": "WriteConflict",
  "42P01": "NamespaceNotFound",
  "55P03": "LockTimeout",
  "57014": "MaxTimeMSExpired",
  "57P01": "ShutdownInProgress",
  "57P02": "ShutdownInProgress",
  "57P03": "ShutdownInProgress",
};

/** An error to be sent to the client. */
export class CommandError extends Error {
  readonly codeName: CodeName;
  readonly labels: string[];
  readonly extra: Document;
  constructor(codeName: CodeName, message: string, options: { labels?: string[]; extra?: Document } = {}) {
    super(message);
    this.codeName = codeName;
    this.labels = options.labels ?? [];
    this.extra = options.extra ?? {};
  }
}

/** The error name of an SQLSTATE. An unlisted state of the engine is a BadValue, any other an InternalError. */
export function codeNameOf(sqlState: string): CodeName {
  return (
    ENGINE_STATES[sqlState] ?? POSTGRES_STATES[sqlState] ?? (sqlState.startsWith("M") ? "BadValue" : "InternalError")
  );
}

/** Unpacks the SQLSTATE in the engine's `writeErrors[].code`: 6 bits per character, the first in the lowest bits. */
export function unpackSqlState(packed: number): string {
  let state = "";
  for (let left = packed; state.length < 5; left >>>= 6) state += String.fromCharCode((left & 63) + 48);
  return state;
}

/** Converts any error to the one sent to the client. */
export function toCommandError(error: unknown): CommandError {
  if (error instanceof CommandError) return error;
  if (error instanceof BrokenFrame) return new CommandError("FailedToParse", error.message);
  if (error instanceof PgConnectionLost)
    return new CommandError("HostUnreachable", error.message, { labels: ["RetryableWriteError"] });
  if (error instanceof PgError) {
    const name = codeNameOf(error.sqlState);
    return new CommandError(name, error.message, {
      labels: name === "ShutdownInProgress" ? ["RetryableWriteError"] : [],
    });
  }
  return new CommandError("InternalError", error instanceof Error ? error.message : String(error));
}

/** The reply for an error. */
export function errorReply(error: CommandError): Document {
  return {
    ok: 0,
    errmsg: error.message,
    code: CODES[error.codeName],
    codeName: error.codeName === "UnrecognizedStage" ? "Location40324" : error.codeName,
    ...error.extra,
    ...(error.labels.length > 0 ? { errorLabels: error.labels } : {}),
  };
}
