import type { Connection } from "mongoose";
import { createCalendarFeedRepository } from "./calendar-feeds.ts";
import { createClaimIntentRepository } from "./claim-intents.ts";
import { createCommunityRepository } from "./communities.ts";
import { createCoTaskRepository } from "./co-tasks.ts";
import { createComplaintRepository } from "./complaints.ts";
import { createConsentRepository } from "./consents.ts";
import { createDayAnchorRepository } from "./day-anchors.ts";
import { createDeliveryRepository } from "./deliveries.ts";
import { createGaugeRepository } from "./gauges.ts";
import { createGuessRepository } from "./guesses.ts";
import { createIdentityRepository } from "./identities.ts";
import { createExportRepository } from "./exports.ts";
import { createJobLeaseRepository } from "./job-leases.ts";
import { createInvitationRepository } from "./invitations.ts";
import { createLaneRepository } from "./lanes.ts";
import { createLeaveRepository } from "./leaves.ts";
import { createLimitRepository } from "./limits.ts";
import { createLoginFailureRepository } from "./login-failures.ts";
import { createLogRepository } from "./log.ts";
import { createMessageRepository } from "./messages.ts";
import { createMetaRepository } from "./meta.ts";
import { createNoticeRepository } from "./notices.ts";
import { createOtpRepository } from "./otps.ts";
import { createOutboxRepository } from "./outbox.ts";
import { createRevealRepository } from "./reveals.ts";
import { createRollupRepository } from "./rollups.ts";
import { createRoundRepository } from "./rounds.ts";
import { createRequestRepository } from "./requests.ts";
import { createRosterPlanRepository } from "./roster-plans.ts";
import { createRosterWeekRepository } from "./roster-weeks.ts";
import { createServiceVersionRepository } from "./service-versions.ts";
import { createSealedFieldRepository } from "./sealed-fields.ts";
import { createSecondFactorRepository } from "./second-factors.ts";
import { createSessionRepository } from "./sessions.ts";
import { createUserRepository } from "./users.ts";
import { createWeChatTokenRepository } from "./wechat-tokens.ts";

/** Every repository on one connection. Call `prepareDatabase` once afterwards: it makes the collections and indexes. */
export function createStore(connection: Connection) {
  const meta = createMetaRepository(connection);
  return {
    communities: createCommunityRepository(connection),
    users: createUserRepository(connection),
    serviceVersions: createServiceVersionRepository(connection),
    invitations: createInvitationRepository(connection),
    complaints: createComplaintRepository(connection),
    coTasks: createCoTaskRepository(connection),
    identities: createIdentityRepository(connection),
    secondFactors: createSecondFactorRepository(connection),
    sealedFields: createSealedFieldRepository(connection),
    sessions: createSessionRepository(connection),
    otps: createOtpRepository(connection),
    guesses: createGuessRepository(connection),
    limits: createLimitRepository(connection),
    requests: createRequestRepository(connection),
    claimIntents: createClaimIntentRepository(connection),
    messages: createMessageRepository(connection),
    rosterPlans: createRosterPlanRepository(connection),
    rosterWeeks: createRosterWeekRepository(connection),
    leaves: createLeaveRepository(connection),
    calendarFeeds: createCalendarFeedRepository(connection),
    outbox: createOutboxRepository(connection),
    log: createLogRepository(connection),
    dayAnchors: createDayAnchorRepository(connection),
    loginFailures: createLoginFailureRepository(connection),
    notices: createNoticeRepository(connection),
    exports: createExportRepository(connection),
    reveals: createRevealRepository(connection),
    rounds: createRoundRepository(connection),
    rollups: createRollupRepository(connection),
    consents: createConsentRepository(connection),
    deliveries: createDeliveryRepository(connection),
    lanes: createLaneRepository(connection),
    jobLeases: createJobLeaseRepository(connection),
    meta,
    weChatTokens: createWeChatTokenRepository(connection),
    gauges: createGaugeRepository(connection),
    /** Resolves when a majority of the database has taken a write. */
    ping: () => meta.set("pulse", new Date()),
  };
}
export type Store = ReturnType<typeof createStore>;
