import type { CommandContext } from "../../../kernel/command.ts";
import type { Actor } from "../../../kernel/actor.ts";
import { isOnResidentsSide } from "../../domain/requests/proxy-filing.ts";
import { refuse } from "../../../kernel/errors.ts";
import { owesHandoverNote } from "../../domain/duty/handover.ts";
import type { Request } from "../../domain/requests/request.ts";
import type { User } from "../../domain/accounts/user.ts";
import type { Uses } from "../../ports.ts";
import { isReplay } from "../../../kernel/idempotency.ts";
import { takeStep } from "../requests/take-step.ts";
import { heldAndBegun } from "./owed-notes.ts";
import { readDuty } from "./read-duty.ts";

/** A colleague who could take over. `at`: until when the cadre is on duty, or when the cadre's shift begins. */
interface Colleague {
  cadre: User;
  onDuty: boolean;
  at: Date;
}

async function colleaguesOf(deps: Uses<"clock" | "store">, actor: Actor, communityId: string): Promise<Colleague[]> {
  const { now, next } = await readDuty(deps, communityId);
  return [
    ...now.map(({ cadre, until }) => ({ cadre, onDuty: true, at: until })),
    ...(next?.cadres ?? []).map(({ cadre }) => ({ cadre, onDuty: false, at: next!.at })),
  ].filter(({ cadre }) => cadre.id !== actor.userId);
}

/**
 * The requests that a cadre hands over at the end of the duty, whether a note is owed for each, and the colleagues who
 * could take over.
 */
export async function readHandover(deps: Uses<"clock" | "store">, actor: Actor) {
  const communityId = actor.communityIds[0] ?? refuse("auth.forbidden");
  const [community, cadre, held, colleagues] = await Promise.all([
    deps.store.communities.find(communityId),
    deps.store.users.find(actor.userId),
    heldAndBegun(deps, communityId, actor.userId),
    colleaguesOf(deps, actor, communityId),
  ]);
  const duty = cadre?.duty?.communityId === communityId ? cadre.duty : null;
  const requests = held.map((request) => ({
    request,
    owed: duty !== null && owesHandoverNote(request, actor.userId, duty.startedAt),
  }));
  return { community, until: duty?.until ?? null, requests, colleagues };
}

/**
 * Writes a hand-over note. The request goes to a colleague who is on duty or comes next, or stays with its holder.
 * Throws as `takeStep` does, and `handover.not_coming`.
 */
export async function handOver(
  deps: Uses<"clock" | "holidays" | "keys" | "store" | "wakeRelay" | "wordCheck">,
  command: CommandContext,
  requestId: string,
  { note, cadreId }: { note: string; cadreId: string | null },
): Promise<Request> {
  const loaded = await deps.store.requests.load(requestId);
  // A repeated call is answered first, since the named colleague may no longer be available.
  if (loaded && isReplay(command.idempotency, loaded.steps)) return loaded.request;
  const holds = loaded?.request.handlerId === command.actor.userId;
  const cadreName = loaded && holds && cadreId ? await nameOf(deps, command.actor, loaded.request, cadreId) : null;
  return takeStep(deps, command, requestId, "hand-over", { note, cadreId, cadreName });
}

async function nameOf(deps: Uses<"clock" | "store">, actor: Actor, request: Request, cadreId: string): Promise<string> {
  const colleagues = await colleaguesOf(deps, actor, request.communityId);
  const found = colleagues.find(({ cadre }) => cadre.id === cadreId)?.cadre;
  const own = found && isOnResidentsSide([found.id, ...found.mergedIds], request);
  return (!own && found?.name) || refuse("handover.not_coming");
}
