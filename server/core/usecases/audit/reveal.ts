import type { CommandContext } from "../../../kernel/command.ts";
import type { Actor } from "../../../kernel/actor.ts";
import { refuse } from "../../../kernel/errors.ts";
import { assertMayRead } from "../../domain/requests/policy.ts";
import {
  type Reveal,
  type RevealField,
  type RevealSubject,
  isRevealExpired,
  mayReveal,
  revealEvent,
} from "../../domain/audit/reveal.ts";
import type { Sealed } from "../../domain/requests/request-content.ts";
import { isAccountClosed } from "../../domain/accounts/user.ts";
import type { Uses } from "../../ports.ts";
import type { RevealCount } from "../../store/audit/reveals.ts";
import { consumeLimit } from "../accounts/limits.ts";
import { idFromKey, newId } from "../../../kernel/ids.ts";
import { takeEventStep } from "../../../kernel/take-aggregate-step.ts";

const HOUR_MS = 3_600_000;

/** The datum to reveal, and the reason. */
export interface RevealInput {
  of: RevealSubject;
  id: string;
  field: RevealField;
  reason: string;
}

interface Subject {
  communityId: string;
  residentId: string;
  requestId: string | null;
  requestNo: string | null;
  phone: Sealed;
  home: { building: string; unit: Sealed; room: Sealed };
}

/**
 * Reveals one personal datum. The event must be in the sealed log before the datum is decrypted. The outbox is not
 * enough: if the log could not be written, data would be revealed without a record. Throws `request.unknown`,
 * `resident.unknown`, `auth.forbidden`, `rate.limited`, `reveal.not_recorded`, `reveal.over`, `idempotency.key_reused`.
 */
export async function reveal(
  deps: Uses<"clock" | "keys" | "limiter" | "serviceLog" | "store" | "wakeRelay">,
  { actor, idempotency }: CommandContext,
  { of, id: subjectId, field, reason }: RevealInput,
): Promise<{ reveal: Reveal; value: string }> {
  // Checked before the look-up, so that nobody else learns which residents exist.
  if (of === "resident" && actor.role !== "committee") refuse("auth.forbidden");
  const subject = await subjectOf(deps, actor, of, subjectId);
  const now = deps.clock.now();
  if (!mayReveal(actor, of, subject.communityId, now)) refuse("auth.forbidden");
  const id = idempotency ? idFromKey(`reveal:${idempotency.key}`) : newId();
  const blank: Reveal = {
    ...{ id, version: 0, communityId: subject.communityId, userId: actor.userId, userName: actor.name },
    ...{ role: actor.role, field, of, subjectId, at: now },
  };
  const target = { repository: deps.store.reveals, id, blank, unknown: "reveal.not_recorded" as const };
  const asked = await takeEventStep(deps, idempotency, target, async (look) => {
    await consumeLimit(deps, "reveal", actor.userId);
    return { set: {}, event: revealEvent(look, reason, subject) };
  });
  if (isRevealExpired(asked, now)) refuse("reveal.over");
  if (!(await deps.serviceLog.waitUntilRecorded(`${id}:1`))) refuse("reveal.not_recorded");
  const { open } = deps.keys;
  const { building, unit, room } = subject.home;
  const value =
    field === "phone" ? open(subject.phone, "phone") : `${building}${open(unit, "unit")}${open(room, "room")}`;
  return { reveal: asked, value };
}

async function subjectOf(deps: Uses<"store">, actor: Actor, of: RevealSubject, id: string): Promise<Subject> {
  if (of === "request") {
    const loaded = await deps.store.requests.load(id);
    if (!loaded) refuse("request.unknown");
    const { request } = loaded;
    assertMayRead(actor, request);
    const {
      communityId,
      residentId,
      no,
      content: { contact, place },
    } = request;
    return { communityId, residentId, requestId: id, requestNo: no, phone: contact.phone, home: place };
  }
  const user = await deps.store.users.find(id);
  const registration = user && !isAccountClosed(user) ? user.registration : null;
  if (!user || !registration || !actor.communityIds.includes(registration.communityId)) refuse("resident.unknown");
  const { communityId, phone } = registration;
  return { communityId, residentId: user.id, requestId: null, requestNo: null, phone, home: registration };
}

/** How often each person has revealed data in the last day in the actor's communities. Throws `auth.forbidden`. */
export async function countReveals(
  deps: Uses<"clock" | "store">,
  actor: Actor,
  communityId: string | undefined,
): Promise<{ at: Date; counts: RevealCount[] }> {
  if (communityId && !actor.communityIds.includes(communityId)) refuse("auth.forbidden");
  const at = deps.clock.now();
  const before = (hours: number): Date => new Date(at.getTime() - hours * HOUR_MS);
  const communityIds = communityId ? [communityId] : actor.communityIds;
  return { at, counts: await deps.store.reveals.counts(communityIds, before(24), before(1)) };
}
