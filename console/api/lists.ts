import type {
  CoTask,
  Complaint,
  Input,
  LogEntry,
  PhotoReview,
  Request,
  Resident,
  Round,
} from "../../contract/index.ts";
import { type Collected, type Page, collect } from "./collect.ts";
import { call } from "./index.ts";

/** The lists that are read page by page: what may be asked of each, and what its rows are. */
export interface Lists {
  "GET /api/requests": { query: NonNullable<Input<"GET /api/requests">["query"]>; row: Request };
  "GET /api/log": { query: NonNullable<Input<"GET /api/log">["query"]>; row: LogEntry };
  "GET /api/audit": { query: NonNullable<Input<"GET /api/audit">["query"]>; row: LogEntry };
  "GET /api/co-tasks": { query: NonNullable<Input<"GET /api/co-tasks">["query"]>; row: CoTask };
  "GET /api/complaints": { query: NonNullable<Input<"GET /api/complaints">["query"]>; row: Complaint };
  "GET /api/photo-reviews": { query: NonNullable<Input<"GET /api/photo-reviews">["query"]>; row: PhotoReview };
  "GET /api/residents": { query: NonNullable<Input<"GET /api/residents">["query"]>; row: Resident };
  "GET /api/rounds": { query: Input<"GET /api/rounds">["query"]; row: Round };
}
export type ListKey = keyof Lists;

interface Part {
  limit: number;
  cursor: string | undefined;
  signal: AbortSignal | undefined;
}

const readers: { [K in ListKey]: (query: Lists[K]["query"], part: Part) => Promise<Page<Lists[K]["row"]>> } = {
  "GET /api/requests": (query, { signal, ...part }) =>
    call("GET /api/requests", { query: { ...query, ...part } }, { signal }),
  "GET /api/log": (query, { signal, ...part }) => call("GET /api/log", { query: { ...query, ...part } }, { signal }),
  "GET /api/audit": (query, { signal, ...part }) =>
    call("GET /api/audit", { query: { ...query, ...part } }, { signal }),
  "GET /api/co-tasks": (query, { signal, ...part }) =>
    call("GET /api/co-tasks", { query: { ...query, ...part } }, { signal }),
  "GET /api/complaints": (query, { signal, ...part }) =>
    call("GET /api/complaints", { query: { ...query, ...part } }, { signal }),
  "GET /api/photo-reviews": (query, { signal, ...part }) =>
    call("GET /api/photo-reviews", { query: { ...query, ...part } }, { signal }),
  "GET /api/residents": (query, { signal, ...part }) =>
    call("GET /api/residents", { query: { ...query, ...part } }, { signal }),
  "GET /api/rounds": (query, { signal, ...part }) =>
    call("GET /api/rounds", { query: { ...query, ...part } }, { signal }),
};

/** The first `pages` pages of a list, `limit` rows each. */
export function readPages<K extends ListKey>(
  key: K,
  query: Lists[K]["query"],
  { pages, limit, signal }: { pages: number; limit: number; signal?: AbortSignal | undefined },
): Promise<Collected<Lists[K]["row"]>> {
  return collect<Lists[K]["row"]>(
    (cursor) => readers[key](query, { limit, cursor, signal }),
    pages,
    ({ id }) => id,
  );
}

/** All rows of a list, at most `maxRows` (a multiple of 100); for figures that have to count. */
export const readRows = <K extends ListKey>(
  key: K,
  query: Lists[K]["query"],
  maxRows: number,
  signal?: AbortSignal,
): Promise<Collected<Lists[K]["row"]>> =>
  readPages(key, query, { pages: Math.ceil(maxRows / 100), limit: 100, signal });
