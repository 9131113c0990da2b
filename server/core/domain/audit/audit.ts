/** What the audit trail is told apart by. */
export const auditKinds = ["reveal", "export", "role", "login", "config"] as const;
export type AuditKind = (typeof auditKinds)[number];

/**
 * The chain of what belongs to no community: failed logins of an account that nobody has, and of operators. It is
 * sealed like every other; only operators read it.
 */
export const INSTALLATION = "installation";

/**
 * Which events are somebody's use of a power. Every type that is no part of a request's or a shift's story is in one
 * of them.
 */
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
    "login.failed",
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
};

/** The types of one kind, or of all. */
export const typesOf = (kind: AuditKind | undefined): readonly string[] =>
  kind ? auditTypes[kind] : auditKinds.flatMap((each) => auditTypes[each]);
