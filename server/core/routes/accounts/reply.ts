import type { Me, Session } from "../../../../contract/index.ts";
import type { User } from "../../domain/accounts/user.ts";
import type { Uses } from "../../ports.ts";
import { presentMe, presentSession } from "../../presenters/accounts/me.ts";
import type { OpenSession } from "../../usecases/accounts/open-session.ts";
import { communityNames } from "../../usecases/community/community-names.ts";

type Replying = Uses<"clock" | "files" | "keys" | "store">;

/** The caller's own account. */
export const replyWithMe = async (deps: Replying, user: User): Promise<Me> =>
  presentMe(deps, user, await communityNames(deps));

/** A login. */
export const replyWithSession = async (deps: Replying, session: OpenSession): Promise<Session> =>
  presentSession(deps, session, await communityNames(deps));
