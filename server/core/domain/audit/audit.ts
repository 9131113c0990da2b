/** The kinds by which the audit trail is filtered. */
export const auditKinds = ["reveal", "export", "role", "login", "config", "erasure"] as const;
export type AuditKind = (typeof auditKinds)[number];

/**
 * The chain of audit events that belong to no community: failed logins of unknown accounts and of operators. It is
 * sealed like every other chain; only operators read it.
 */
export const INSTALLATION = "installation";

/** The event types of each audit kind. Every type that does not belong to a request or a shift is in one of them. */
export const auditTypes: Readonly<Record<AuditKind, readonly string[]>> = {
  reveal: ["personal.revealed"],
  export: ["export.asked", "export.fetched"],
  role: [
    "resident.confirmed",
    "invitation.made",
    "invitation.accepted",
    "invitation.revoked",
    "role.granted",
    "role.changed",
    "role.ended",
  ],
  login: [
    "login.succeeded",
    "login.failed",
    "account.merge_begun",
    "account.merged",
    "account.activated",
    "account.new_device",
    "account.password_changed",
    "account.password_reset",
    "account.second_factor_on",
    "account.second_factor_off",
    "account.second_factor_reset",
    "account.recovery_code_used",
    "account.recovery_codes_renewed",
  ],
  config: [
    "community.opened",
    "community.buildings_imported",
    "community.building_removed",
    "community.settings_changed",
    "service.added",
    "service.changed",
    "service.retired",
    "service.restored",
    "calendar.day_changed",
    "roster.pattern_saved",
    "roster.pattern_removed",
    "roster.cover_set",
  ],
  erasure: ["data.erased", "log.erased", "state.recorded"],
};

/** The event types of one kind, or of all kinds. */
export const typesOf = (kind: AuditKind | undefined): readonly string[] =>
  kind ? auditTypes[kind] : auditKinds.flatMap((each) => auditTypes[each]);
