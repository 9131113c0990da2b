import type { LoggedInDevice } from "../../../../contract/index.ts";
import type { Session } from "../../store/accounts/sessions.ts";
import { instant } from "../time.ts";

/** A login in its owner's list. `current`: the session that asks. */
export const presentDevice = (
  { id, device, front, createdAt, rotatedAt }: Session,
  current: string | null,
): LoggedInDevice => ({
  ...{ id, device, front },
  since: instant(createdAt),
  lastUsedAt: instant(rotatedAt),
  current: id === current,
});
