import type { OpKey } from "../../../contract/index.ts";
import type { ErrorCode } from "../../../server/kernel/errors.ts";
import { type Who, personKeys } from "./cast.ts";

/** Who may call an operation, and how the others are refused. */
export interface Row {
  may: readonly Who[];
  /** Refusals other than `rest`, and who gets them. */
  refused: Partial<Record<ErrorCode, readonly Who[]>>;
  rest: ErrorCode;
  /** Refused people who may nevertheless know that the object exists. */
  know?: readonly Who[];
}

/** An operation, or one of its variants with other permissions: `key (variant)`. */
export type CaseKey = OpKey | `${OpKey} (${string})`;

/** A row for each of the operations K and for each variant. */
export type Rows<K extends OpKey = OpKey> = Readonly<Record<K, Row> & Record<`${K} (${string})`, Row>>;

export const row = (may: readonly Who[], rest: ErrorCode = "auth.forbidden", refused: Row["refused"] = {}): Row => ({
  may,
  refused,
  rest,
});

export const residents = ["owner", "family", "follower", "neighbour"] as const;
export const registered = [...residents, "residentThere"] as const;
export const cadres = ["handler", "onDuty", "offDuty"] as const;
export const anyCadre = [...cadres, "cadreThere"] as const;
export const here = [...cadres, "clerk", "supervisor"] as const;
export const there = ["cadreThere", "clerkThere", "supervisorThere"] as const;
export const anyClerk = ["clerk", "clerkThere"] as const;
export const above = ["clerk", "supervisor", "admin"] as const;
export const aboveThere = ["clerkThere", "supervisorThere"] as const;
export const readers = ["owner", "family", "follower", ...here] as const;
export const ended: readonly Who[] = ["signedOut", "closed"];
export const everybody = personKeys.filter((who) => !ended.includes(who));
export const loggedIn = everybody.filter((who) => who !== "nobody");

/** Open to everybody. A token that has ended is refused. */
export const open = row(everybody, "auth.session_ended");
/** An operation on oneself. */
export const own = row(loggedIn);
/** An operation of the committee in its own community. */
export const committees = row(["clerk"]);
/**
 * A step of a request. People who may read the request are refused with a reason; others get the answer of a request
 * that
 * does not exist.
 */
export const step = (may: readonly Who[], refused: Row["refused"] = {}, alsoRead: readonly Who[] = []): Row => {
  const named = [...may, ...Object.values(refused).flat()];
  const told = [...readers, ...alsoRead].filter((who) => !named.includes(who));
  return row(may, "request.unknown", { ...refused, "request.not_allowed": told });
};
