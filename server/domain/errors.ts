/**
 * Every way in which the product says no. The code is the word; `http/error-sentences.ts` gives each its HTTP status and its
 * sentence with a next step.
 */
export const errorCodes = [
  "auth.required",
  "auth.forbidden",
  "auth.wechat_code_invalid",
  "auth.wechat_phone_invalid",
  "auth.otp_invalid",
  "auth.otp_expired",
  "auth.password_invalid",
  "auth.password_temporary",
  "auth.password_outdated",
  "auth.password_weak",
  "auth.session_ended",
  "account.holds_post",
  "account.no_phone",
  "wechat.unavailable",
  "sms.unavailable",
  "rate.limited",
  "me.membership_unknown",
  "registration.required",
  "registration.building_unknown",
  "registration.phone_missing",
  "community.unknown",
  "community.exists",
  "community.building_invalid",
  "account.taken",
  "sheet.unreadable",
  "sheet.too_large",
  "sheet.columns_missing",
  "invitation.unknown",
  "invitation.used",
  "invitation.over",
  "invitation.held_already",
  "calendar.day_invalid",
  "figures.period_invalid",
  "reveal.not_recorded",
  "reveal.over",
  "export.unknown",
  "export.not_ready",
  "roster.spans_invalid",
  "roster.too_many",
  "roster.pattern_unknown",
  "roster.week_invalid",
  "roster.shift_unknown",
  "roster.day_past",
  "roster.day_outside",
  "roster.clash",
  "roster.on_leave",
  "roster.backup_invalid",
  "roster.gap_without_backup",
  "swap.unknown",
  "swap.open",
  "swap.not_yours",
  "swap.too_late",
  "swap.state_conflict",
  "leave.unknown",
  "leave.time_invalid",
  "leave.state_conflict",
  "service.unknown",
  "service.only_there",
  "cadre.unknown",
  "resident.unknown",
  "resident.not_served_by_you",
  "duty.not_on_duty",
  "duty.until_invalid",
  "duty.no_shift",
  "feed.unknown",
  "request.unknown",
  "request.not_allowed",
  "request.state_conflict",
  "request.already_claimed",
  "request.own",
  "request.returns_used",
  "request.answer_missing",
  "request.tasks_open",
  "organization.unknown",
  "task.unknown",
  "task.not_allowed",
  "task.state_conflict",
  "task.progress_full",
  "behalf.own_phone",
  "request.until_invalid",
  "queue.empty",
  "complaint.unknown",
  "complaint.answered",
  "content.refused",
  "file.unknown",
  "file.not_yours",
  "file.missing",
  "file.too_large",
  "file.not_an_image",
  "file.link_expired",
  "idempotency.key_reused",
  "idempotency.key_invalid",
  "write.contended",
  "input.invalid",
  "input.not_json",
  "input.too_large",
  "cursor.invalid",
  "route.unknown",
  "server.not_ready",
  "server.failed",
] as const;
export type ErrorCode = (typeof errorCodes)[number];

/** A refusal in domain words. `params` fill the sentence and appear as `details` in the envelope: no personal data in them. */
export class DomainError extends Error {
  readonly code: ErrorCode;
  readonly params: Readonly<Record<string, unknown>>;
  constructor(code: ErrorCode, params: Readonly<Record<string, unknown>> = {}) {
    super(code);
    this.name = "DomainError";
    this.code = code;
    this.params = params;
  }
}

/** Throws a {@link DomainError}. */
export function refuse(code: ErrorCode, params?: Readonly<Record<string, unknown>>): never {
  throw new DomainError(code, params);
}
