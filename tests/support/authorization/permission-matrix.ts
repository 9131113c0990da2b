import type { OpKey } from "../../../contract/index.ts";
import type { ErrorCode } from "../../../server/kernel/errors.ts";
import { fromModules } from "../from-modules.ts";
import type { Who } from "./cast.ts";
import type { ModulePermissions } from "./module-permissions.ts";
import {
  type CaseKey,
  type Row,
  type Rows,
  row,
  registered,
  cadres,
  anyCadre,
  here,
  there,
  anyClerk,
  above,
  aboveThere,
  readers,
  ended,
  loggedIn,
  open,
  own,
  committees,
  step,
} from "./rows.ts";

/** The rows of the core's operations. */
const coreRows: Partial<Record<CaseKey, Row>> = {
  "POST /api/auth/wechat": open,
  "POST /api/auth/otp": open,
  "POST /api/auth/otp/verify": open,
  "POST /api/auth/password": open,
  "POST /api/auth/refresh": open,
  "POST /api/auth/activity": own,
  "POST /api/auth/reauthenticate": own,
  "POST /api/auth/logout": own,
  "GET /api/me/sessions": own,
  "DELETE /api/me/sessions/:id": own,
  "DELETE /api/me/sessions/:id (of somebody else)": row([], "session.unknown"),
  "DELETE /api/me/sessions": own,
  "GET /api/me": own,
  "GET /api/me/data": own,
  "GET /api/me/export": own,
  "PATCH /api/me": own,
  "PATCH /api/me (a post of somebody else's)": row([], "me.membership_unknown"),
  "GET /api/me/account": own,
  "POST /api/me/password": own,
  "POST /api/me/second-factor": own,
  "POST /api/me/second-factor/confirm": own,
  "POST /api/me/second-factor/recovery-codes": own,
  "POST /api/me/second-factor/off": own,
  "POST /api/auth/second-factor": open,
  "POST /api/auth/second-factor/confirm": open,
  "POST /api/me/registration": own,
  "POST /api/me/phone": own,
  "POST /api/me/otp": row(registered, "account.no_phone"),
  "POST /api/me/close": row(registered, "account.holds_post", { "account.no_phone": ["left"] }),
  "GET /api/residents": row([...anyCadre, ...anyClerk]),
  "POST /api/residents/:id/confirm": row(["handler", "clerk"], "auth.forbidden", {
    "resident.not_served_by_you": ["onDuty", "offDuty"],
    "resident.unknown": ["cadreThere", "clerkThere"],
  }),
  "GET /api/communities": open,
  "GET /api/communities/:id": open,
  "GET /api/communities/:id/services": open,
  "GET /api/communities/:id/duty": open,
  "GET /api/communities/:id/calendar": open,
  "GET /api/communities/:id/cadres": row(here),
  "POST /api/duty/start": row(anyCadre),
  // The roster has no shift for any of these cadres at that hour.
  "POST /api/duty/check-in": row([], "auth.forbidden", { "duty.no_shift": anyCadre }),
  "POST /api/duty/end": row(["handler", "onDuty", "cadreThere"], "auth.forbidden", { "duty.not_on_duty": ["offDuty"] }),
  "GET /api/duty/handover": row(anyCadre),
  "PUT /api/communities/:id/calendar/:day": committees,
  "GET /api/communities/:id/roster/plan": row(here),
  "PUT /api/communities/:id/roster/patterns/:patternId": committees,
  "DELETE /api/communities/:id/roster/patterns/:patternId": committees,
  "PUT /api/communities/:id/roster/cover": committees,
  "GET /api/communities/:id/roster/weeks/:monday": row(here),
  "POST /api/communities/:id/roster/weeks/:monday/changes": committees,
  "POST /api/communities/:id/roster/weeks/:monday/reset": committees,
  "PUT /api/communities/:id/roster/weeks/:monday/backups": committees,
  "POST /api/communities/:id/roster/weeks/:monday/publish": committees,
  "POST /api/communities/:id/roster/weeks/:monday/swaps": row(["handler"], "auth.forbidden", {
    "swap.not_yours": ["onDuty", "offDuty"],
  }),
  "POST /api/communities/:id/roster/weeks/:monday/swaps/:swapId": { ...row(["onDuty"]), know: here },
  "POST /api/communities/:id/roster/weeks/:monday/swaps/:swapId (withdraw)": { ...row(["handler"]), know: here },
  "POST /api/communities/:id/roster/weeks/:monday/swaps/:swapId (refuse)": { ...committees, know: here },
  "GET /api/me/shifts": row(anyCadre),
  "GET /api/leaves": row([...anyCadre, ...anyClerk]),
  "POST /api/leaves": row(anyCadre),
  "POST /api/leaves/:id": {
    ...row(["clerk"], "auth.forbidden", { "leave.unknown": ["cadreThere", "clerkThere"] }),
    know: cadres,
  },
  "POST /api/leaves/:id (cancel)": {
    ...row(["handler"], "auth.forbidden", { "leave.unknown": ["cadreThere", "clerkThere"] }),
    know: [...cadres, "clerk"],
  },
  "POST /api/me/calendar-feed": row(anyCadre),
  "DELETE /api/me/calendar-feed": row(anyCadre),
  "GET /api/calendar/:token": open,

  "POST /api/requests": row(registered, "registration.required"),
  "GET /api/requests": own,
  "GET /api/requests (of a community)": row(here),
  "GET /api/requests (whose callback is due)": row(["clerk", "supervisor"]),
  "GET /api/requests/:id": row(readers, "request.unknown"),
  "GET /api/requests/:id (that is to be transferred to west)": row(
    [...readers, "cadreThere", "clerkThere"],
    "request.unknown",
  ),
  "POST /api/queue/claim-next": row(["handler", "onDuty", "cadreThere"], "auth.forbidden", {
    "duty.not_on_duty": ["offDuty"],
  }),
  "POST /api/requests/:id/claim": step(["handler", "onDuty"], { "duty.not_on_duty": ["offDuty"] }),
  "POST /api/requests/:id/assign": step(["clerk"]),
  "POST /api/requests/:id/release": step(["handler"]),
  "POST /api/requests/:id/first-contact": step(["handler"]),
  "POST /api/requests/:id/note": step(["handler", "clerk"]),
  "POST /api/requests/:id/internal-note": step(["handler", "clerk"]),
  "POST /api/requests/:id/message": step(["owner", "family", "handler"]),
  "POST /api/requests/:id/ask": step(["handler"]),
  "POST /api/requests/:id/answer": step(["owner", "family"]),
  "POST /api/requests/:id/resolve": step(["handler"]),
  "POST /api/requests/:id/rate": step(["owner", "family"]),
  "POST /api/requests/:id/withdraw": step(["owner", "family"]),
  "POST /api/requests/:id/reject": step(["handler", "clerk"]),
  "POST /api/requests/:id/consent": step(["owner", "handler"]),
  "POST /api/requests/:id/revoke-consent": step(["owner"]),
  "POST /api/requests/:id/call-back": step(["clerk"]),
  "POST /api/requests/:id/follow": step(["neighbour", "follower"]),
  "POST /api/requests/:id/unfollow": step(["follower"]),
  "POST /api/requests/:id/ask-transfer": step(["handler", "clerk"]),
  "POST /api/requests/:id/recall-transfer": step(["handler", "clerk"], {}, ["cadreThere", "clerkThere"]),
  "POST /api/requests/:id/accept-transfer": step(["cadreThere", "clerkThere"]),
  "POST /api/requests/:id/refuse-transfer": step(["cadreThere", "clerkThere"]),
  "POST /api/requests/:id/ask-extension": step(["handler"]),
  "POST /api/requests/:id/approve-extension": step(["clerk"]),
  "POST /api/requests/:id/refuse-extension": step(["clerk"]),
  "POST /api/requests/:id/ask-suspension": step(["handler"]),
  "POST /api/requests/:id/approve-suspension": step(["clerk"]),
  "POST /api/requests/:id/refuse-suspension": step(["clerk"]),
  "POST /api/requests/:id/resume": step(["handler", "clerk"]),
  "POST /api/requests/:id/decline": step(["onDuty"]),
  "POST /api/requests/:id/hand-over": step(["handler"]),
  "GET /api/requests/:id/deliveries": row(here, "auth.forbidden", { "request.unknown": there }),
  "POST /api/requests/for-resident": row([...cadres, "clerk"], "auth.forbidden", {
    "service.only_there": ["cadreThere", "clerkThere"],
  }),
  "POST /api/requests/for-family": row(registered, "registration.required"),
  "POST /api/requests/near": own,

  "GET /api/communities/:id/duty-proof": row(["handler", "clerk", "supervisor"]),
  "GET /api/communities/:id/templates": row([...cadres, "clerk"]),
  "PUT /api/communities/:id/templates": committees,

  "GET /api/log": row([...here, "admin", ...there]),
  "GET /api/log (of a community)": row([...here, "admin"]),
  "GET /api/inbox": own,
  "POST /api/inbox/read": own,
  "POST /api/uploads": own,
  "GET /api/files/:id": open,
  "GET /api/photo-reviews": row(anyClerk),
  "POST /api/photo-reviews/:id": row(["clerk"], "auth.forbidden", { "file.unknown": ["clerkThere"] }),
  "GET /api/demo/accounts": open,
  "GET /healthz": open,
  "GET /readyz": open,
  "GET /api/notify/templates": own,
  "POST /api/notify/consents": own,

  "GET /api/audit": row([...above, ...aboveThere]),
  "GET /api/audit (of a community)": row(above),
  "GET /api/log/anchors": row(above),
  "POST /api/log/verify": row(above),
  "POST /api/reveals": {
    ...row(["handler", "onDuty", "clerk", "supervisor"], "auth.forbidden", { "request.unknown": there }),
    know: ["offDuty"],
  },
  "POST /api/reveals (of a resident)": row(["clerk"], "auth.forbidden", { "resident.unknown": ["clerkThere"] }),
  "GET /api/reveals/rate": row(["clerk", "supervisor", ...aboveThere]),
  "GET /api/reveals/rate (of a community)": row(["clerk", "supervisor"]),

  "POST /api/communities/:id/buildings/preview": committees,
  "POST /api/communities/:id/buildings": committees,
  "POST /api/communities/:id/buildings/remove": committees,
  "GET /api/communities/:id/invitations": committees,
  "POST /api/communities/:id/invitations": committees,
  "POST /api/communities/:id/invitations/:invitationId/revoke": committees,
  "GET /api/communities/:id/invitations/:invitationId/file": committees,
  "GET /api/invitations/:code": open,
  "POST /api/invitations/:code/accept": row(
    loggedIn.filter((who) => !(cadres as readonly Who[]).includes(who)),
    "invitation.held_already",
  ),
  "GET /api/communities/:id/people": committees,
  "PUT /api/communities/:id/people/:userId/posts/:postId": committees,
  "PUT /api/communities/:id/people/:userId/posts/:postId (of somebody in west)": row([], "auth.forbidden", {
    "post.unknown": ["clerk"],
  }),
  "POST /api/communities/:id/people/:userId/posts/:postId/end": committees,
  "POST /api/communities/:id/people/:userId/posts/:postId/end (the own one)": row([], "auth.forbidden", {
    "post.own": ["clerk"],
  }),
  "POST /api/communities/:id/people/:userId/second-factor/reset": committees,
  "POST /api/communities/:id/clerks": committees,
  "GET /api/communities/:id/settings": committees,
  "PUT /api/communities/:id/settings": committees,
  "GET /api/communities/:id/catalogue": committees,
  "PUT /api/communities/:id/catalogue/:serviceCode": committees,
};

/** The permissions from the tests of each module. */
export const ofModules = await fromModules<ModulePermissions>("permissions.ts", "permissions");

/**
 * The permissions of everybody, written by hand and independent of the rules. `tests/server/authorization` tries each
 * row
 * over HTTP as every person, and docs/authorization.md is printed from it. A test finds operations without a row.
 */
export const permissionMatrix = Object.assign({}, coreRows, ...ofModules.map(({ rows }) => rows)) as Rows;

export const cases = Object.keys(permissionMatrix) as CaseKey[];
export const keyOf = (key: CaseKey): OpKey => key.replace(/ \(.*\)$/, "") as OpKey;

/** The code with which a person is refused. Null: the person may call the operation. */
export function refusalOf(key: CaseKey, who: Who): ErrorCode | null {
  const { may, refused, rest } = permissionMatrix[key as OpKey];
  if (ended.includes(who)) return "auth.session_ended";
  if (may.includes(who)) return null;
  if (who === "nobody") return "auth.required";
  const named = Object.entries(refused).find(([, people]) => people.includes(who));
  return (named?.[0] as ErrorCode | undefined) ?? rest;
}
