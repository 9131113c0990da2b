import type { Me, Session } from "../../../../contract/index.ts";
import type { User } from "../../domain/accounts/user.ts";
import type { Call } from "../../http/handler.ts";
import type { Uses } from "../../ports.ts";
import { presentMe, presentSession } from "../../presenters/accounts/me.ts";
import type { OpenSession } from "../../usecases/accounts/open-session.ts";
import { communityNames } from "../../usecases/community/community-names.ts";

type Replying = Uses<"clock" | "consoleSession" | "files" | "keys" | "store">;

/** The reply with the caller's own user. */
export const replyWithMe = async (deps: Replying, user: User): Promise<Me> =>
  presentMe(deps, user, await communityNames(deps));

/** The call of a login. */
type LoginCall = Pick<Call<"POST /api/auth/refresh", Replying>, "deps" | "refreshCookie">;

/** The reply with a session. The refresh token goes into the cookie of a browser, or else into the reply. */
export async function replyWithSession({ deps, refreshCookie }: LoginCall, session: OpenSession): Promise<Session> {
  const reply = presentSession(deps, session, await communityNames(deps), refreshCookie !== null);
  refreshCookie?.write(session.refreshToken);
  return reply;
}
