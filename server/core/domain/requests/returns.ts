import type { Request } from "./request.ts";

/** Why a cadre returns a request (退单). The list is fixed, so that the committee can count the reasons. */
export type ReturnCode = "not-my-post" | "needs-other-unit" | "shift-ends" | "involved" | "other";

/**
 * After this many returns the request can be neither claimed nor returned: the committee names the lead
 * (首接负责).
 */
const MAX_RETURNS = 2;

/** Whether the request can still be claimed and returned by cadres. */
export const hasReturnsLeft = ({ dispatch: { returnCount } }: Pick<Request, "dispatch">): boolean =>
  returnCount < MAX_RETURNS;
