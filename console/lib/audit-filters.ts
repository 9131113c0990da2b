import type { AuditKind, Input } from "../../contract/index.ts";
import { zh } from "../i18n/zh.ts";
import { CODE, ID, matching, oneOf } from "./address.ts";
import { type WallClock, endInstant, readWallClock, startInstant } from "./wall-clock.ts";

/** The filters of the audit trail, as they stand in the address. */
export interface AuditFilters {
  kind?: AuditKind | undefined;
  personId?: string | undefined;
  communityId?: string | undefined;
  from?: WallClock | undefined;
  to?: WallClock | undefined;
}

export const auditKinds = Object.keys(zh.audit.kinds) as AuditKind[];

/** Reads the filters from an address; invalid values are ignored. */
export const readAuditFilters = (params: URLSearchParams): AuditFilters => ({
  kind: oneOf(params.get("kind"), auditKinds),
  personId: matching(params.get("personId"), ID),
  communityId: matching(params.get("communityId"), CODE),
  from: readWallClock(params.get("from")),
  to: readWallClock(params.get("to")),
});

/** The query of the API for these filters. */
export const auditQuery = ({ from, to, ...rest }: AuditFilters): NonNullable<Input<"GET /api/audit">["query"]> => ({
  ...rest,
  ...(from ? { from: startInstant(from) } : {}),
  ...(to ? { to: endInstant(to) } : {}),
});
