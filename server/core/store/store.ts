import type { Connection } from "mongoose";
import { createCalendarFeedRepository } from "./roster/calendar-feeds.ts";
import { createClaimReservationRepository } from "./requests/claim-reservations.ts";
import { createCommunityRepository } from "./community/communities.ts";
import { createConsentRepository } from "./notify/consents.ts";
import { createDayAnchorRepository } from "../../log/store/day-anchors.ts";
import { createDeliveryRepository } from "./notify/deliveries.ts";
import { createGaugeRepository } from "./gauges.ts";
import { createLoginThrottleRepository } from "./accounts/login-throttles.ts";
import { createIdentityRepository } from "./accounts/identities.ts";
import { createJobLeaseRepository } from "../../kernel/jobs/job-lease-store.ts";
import { createInvitationRepository } from "./people/invitations.ts";
import { createPartitionRepository } from "../../log/store/partition-leases.ts";
import { createLeaveRepository } from "./roster/leaves.ts";
import { createLimitRepository } from "./accounts/limits.ts";
import { createLoginFailureRepository, createLoginRepository } from "./accounts/login-records.ts";
import { createLogErasureRepository } from "../../log/store/log-erasures.ts";
import { createLogRepository } from "../../log/store/log.ts";
import { createMessageRepository } from "./requests/messages.ts";
import { createMetaRepository } from "./meta.ts";
import { createNoticeRepository } from "./notify/notices.ts";
import { createOtpRepository } from "./accounts/otps.ts";
import { type OutboxesOfModules, createOutboxRepository } from "../../log/store/outbox.ts";
import { createRevealRepository } from "./audit/reveals.ts";
import { createRequestRepository } from "./requests/requests.ts";
import { createRosterPlanRepository } from "./roster/roster-plans.ts";
import { createRosterWeekRepository } from "./roster/roster-weeks.ts";
import { createServiceVersionRepository } from "./community/service-versions.ts";
import { createSealedFieldRepository } from "./privacy/sealed-fields.ts";
import { createSecondFactorRepository } from "./accounts/second-factors.ts";
import { createSessionRepository } from "./accounts/sessions.ts";
import { createUserRepository } from "./accounts/users.ts";
import { createWeChatTokenRepository } from "./notify/wechat-tokens.ts";

/** The id of nobody and nothing. */
const NOBODY = "0".repeat(24);

/**
 * Every repository of the core on one connection. `ofModules`: the modules' collections with outboxes. Call
 * `prepareDatabase` once afterwards to create collections and indexes.
 */
export function createStore(connection: Connection, ofModules: OutboxesOfModules) {
  const meta = createMetaRepository(connection);
  const users = createUserRepository(connection);
  const requests = createRequestRepository(connection);
  return {
    communities: createCommunityRepository(connection),
    users,
    serviceVersions: createServiceVersionRepository(connection),
    invitations: createInvitationRepository(connection),
    identities: createIdentityRepository(connection),
    secondFactors: createSecondFactorRepository(connection),
    sealedFields: createSealedFieldRepository(connection),
    sessions: createSessionRepository(connection),
    otps: createOtpRepository(connection),
    loginThrottles: createLoginThrottleRepository(connection),
    limits: createLimitRepository(connection),
    requests,
    claimReservations: createClaimReservationRepository(connection),
    messages: createMessageRepository(connection),
    rosterPlans: createRosterPlanRepository(connection),
    rosterWeeks: createRosterWeekRepository(connection),
    leaves: createLeaveRepository(connection),
    calendarFeeds: createCalendarFeedRepository(connection),
    outbox: createOutboxRepository(connection, ofModules),
    log: createLogRepository(connection),
    dayAnchors: createDayAnchorRepository(connection),
    logins: createLoginRepository(connection),
    logErasures: createLogErasureRepository(connection),
    loginFailures: createLoginFailureRepository(connection),
    notices: createNoticeRepository(connection),
    reveals: createRevealRepository(connection),
    consents: createConsentRepository(connection),
    deliveries: createDeliveryRepository(connection),
    partitions: createPartitionRepository(connection),
    jobLeases: createJobLeaseRepository(connection),
    meta,
    weChatTokens: createWeChatTokenRepository(connection),
    gauges: createGaugeRepository(connection),
    /**
     * Resolves when a majority of the database has taken a write, and those have answered whom every request asks, on
     * the same way: what holds up requests holds up this.
     */
    async ping(): Promise<void> {
      await Promise.all([meta.set("pulse", new Date()), users.find(NOBODY), requests.load(NOBODY)]);
    },
  };
}
export type Store = ReturnType<typeof createStore>;
