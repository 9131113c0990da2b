import type { CommandContext } from "../../../kernel/command.ts";
import type { Actor } from "../../../kernel/actor.ts";
import { refuse } from "../../../kernel/errors.ts";
import type { Filer, Relative } from "../../domain/requests/request-party.ts";
import type { Request } from "../../domain/requests/request.ts";
import type { Uses } from "../../ports.ts";
import { assertHome } from "../accounts/assert-home.ts";
import { userOf } from "../accounts/identities.ts";
import { consumeLimit } from "../accounts/limits.ts";
import { type Party, type Submission, fileRequest } from "./submit-request.ts";

/** The person for whom somebody else files. The user with that phone owns the request. */
export interface Principal {
  name: string;
  phone: string;
  building: string;
  unit: string;
  room: string;
}

type ForOthers = Omit<Submission, "place" | "contact">;

/**
 * 代提交: a cadre or clerk files for somebody who called or came. The resident owns the request and sees it after
 * a login with that phone. For another community it is possible with services that any counter may accept
 * (一窗通收); the request is queued there. Throws `auth.forbidden`, `service.only_there`,
 * `registration.building_unknown`, `proxy_filing.own_phone`, and as `fileRequest` does.
 */
export async function fileForResident(
  deps: Uses<
    | "clock"
    | "files"
    | "holidays"
    | "keys"
    | "log"
    | "modules"
    | "publicUrl"
    | "store"
    | "wakeRelay"
    | "wechat"
    | "wordCheck"
  >,
  command: CommandContext,
  { resident, ...submission }: ForOthers & { resident: Principal },
): Promise<Request> {
  const { userId, name, role, communityIds } = command.actor;
  if (role !== "cadre" && role !== "committee") refuse("auth.forbidden");
  const counter = communityIds[0] ?? refuse("auth.forbidden");
  const elsewhere = !communityIds.includes(submission.communityId);
  return fileRequest(deps, command, submission, async ({ anywhere = false, title }) => {
    if (elsewhere && !anywhere) refuse("service.only_there", { title });
    return partyFor(deps, command.actor, submission.communityId, resident, {
      filedBy: { id: userId, name, as: role, relation: null, consent: null },
      acceptedInCommunityId: elsewhere ? counter : null,
      filing: { id: userId, role, name },
    });
  });
}

/**
 * 代办: a registered resident files for an elder, who owns the request and is asked for consent by the handler or
 * in the app. The reply does not reveal whether the phone was known. Throws `registration.required`,
 * `registration.building_unknown`, `proxy_filing.own_phone`, `rate.limited`, and as `fileRequest` does.
 */
export async function fileForFamily(
  deps: Uses<
    | "clock"
    | "files"
    | "holidays"
    | "keys"
    | "limiter"
    | "log"
    | "modules"
    | "publicUrl"
    | "store"
    | "wakeRelay"
    | "wechat"
    | "wordCheck"
  >,
  command: CommandContext,
  { elder, relation, ...submission }: ForOthers & { elder: Principal; relation: Relative },
): Promise<Request> {
  const user = await deps.store.users.find(command.actor.userId);
  if (!user?.registration || !user.name) refuse("registration.required");
  const { id, name, registration } = user;
  return fileRequest(deps, command, submission, async () => {
    if (deps.keys.open(registration.phone, "phone") === elder.phone) refuse("proxy_filing.own_phone");
    await consumeLimit(deps, "filedForFamily", id);
    const consent = { state: "asked", mayRate: false, how: null, at: null } as const;
    return partyFor(deps, command.actor, submission.communityId, elder, {
      filedBy: { id, name, as: "family", relation, consent },
      acceptedInCommunityId: null,
      filing: { id, role: "resident", name },
    });
  });
}

async function partyFor(
  deps: Uses<"clock" | "keys" | "store">,
  actor: Actor,
  communityId: string,
  { name, phone, building, unit, room }: Principal,
  filer: { filedBy: Filer } & Pick<Party, "acceptedInCommunityId" | "filing">,
): Promise<Party> {
  await assertHome(deps, communityId, { building, unit });
  const { seal } = deps.keys;
  const sealed = seal(phone, "phone");
  // The account is created without a session. Only somebody who verifies the phone by a code can use it.
  const owner = await userOf(deps, { kind: "phone", value: phone }, { phone: sealed });
  if (actor.ids.includes(owner.id)) refuse("proxy_filing.own_phone");
  return {
    residentId: owner.id,
    residentName: name,
    place: { building, unit: seal(unit, "unit"), room: seal(room, "room") },
    contact: { name, phone: sealed },
    ...filer,
  };
}
