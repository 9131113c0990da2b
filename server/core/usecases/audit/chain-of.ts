import { INSTALLATION } from "../../domain/audit/audit.ts";
import type { User } from "../../domain/accounts/user.ts";

/**
 * The community whose log tells of somebody's logins: of a post, else of the home; the installation's own for
 * operators, and for nobody.
 */
export const chainOf = (user: Pick<User, "memberships" | "registration"> | null): string =>
  user?.memberships.find(({ communityIds }) => communityIds.length > 0)?.communityIds[0] ??
  (user?.memberships.length ? null : user?.registration?.communityId) ??
  INSTALLATION;
