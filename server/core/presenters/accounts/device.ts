import type { LoggedInDevice } from "../../../../contract/index.ts";
import type { Session } from "../../store/accounts/sessions.ts";
import { instant } from "../time.ts";

/** A login as its owner sees it, who asks from `current`. */
export const presentDevice = (
  { id, device, front, createdAt, rotatedAt }: Session,
  current: string | null,
): LoggedInDevice => ({
  ...{ id, device, front },
  since: instant(createdAt),
  lastUsedAt: instant(rotatedAt),
  current: id === current,
});
