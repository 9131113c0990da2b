import type { Request } from "./request.ts";

/** Why a cadre gives a request back (退单): from a list, so that the committee sees what keeps coming back and why. */
export type ReturnCode = "not-my-post" | "needs-other-unit" | "shift-ends" | "involved" | "other";

/** After this many returns nobody takes it and nobody gives it back: the committee names who leads (首接负责). */
const MOST_RETURNS = 2;

export const returnsLeft = ({ returnCount }: Pick<Request, "returnCount">): boolean => returnCount < MOST_RETURNS;
