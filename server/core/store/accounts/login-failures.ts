import type { Connection } from "mongoose";
import type { Versioned } from "../../../kernel/aggregate-repository.ts";
import {
  type ExpiringRepository,
  aggregateCollection,
  aggregateRepository,
} from "../../../kernel/aggregate-repository.ts";

/** A login that failed; all that is known of it is in its event. */
export interface LoginFailure extends Versioned {
  at: Date;
}

/** Failed logins, so that their events reach the log as every other does. */
export const createLoginFailureRepository = (connection: Connection): ExpiringRepository<LoginFailure> =>
  aggregateRepository<LoginFailure>(aggregateCollection(connection, "LoginFailure", "login_failures", []));
