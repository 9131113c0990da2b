import { INSTALLATION } from "../../domain/audit/audit.ts";
import type { User } from "../../domain/accounts/user.ts";

/**
 * The community whose log records a user's logins: that of a post, else that of the home; the installation's chain for
 * operators and unknown users.
 */
export const chainOf = (user: Pick<User, "memberships" | "registration"> | null): string =>
  user?.memberships.find(({ communityIds }) => communityIds.length > 0)?.communityIds[0] ??
  (user?.memberships.length ? null : user?.registration?.communityId) ??
  INSTALLATION;
