import type { Connection } from "mongoose";
import type { Versioned } from "../../../kernel/aggregate-repository.ts";
import {
  type ExpiringRepository,
  aggregateCollection,
  aggregateRepository,
} from "../../../kernel/aggregate-repository.ts";

/** A login of the staff, or a failed one. Its data are in its event. */
export interface LoginRecord extends Versioned {
  at: Date;
}

/** Failed logins. They are stored as aggregates, so that their events reach the log like all others. */
export const createLoginFailureRepository = (connection: Connection): ExpiringRepository<LoginRecord> =>
  aggregateRepository<LoginRecord>(aggregateCollection(connection, "LoginFailure", "login_failures", []));

/** Logins of the staff, stored in the same way. */
export const createLoginRepository = (connection: Connection): ExpiringRepository<LoginRecord> =>
  aggregateRepository<LoginRecord>(aggregateCollection(connection, "Login", "logins", []));
