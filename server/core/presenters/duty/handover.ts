import type { Reply } from "../../../../contract/index.ts";
import type { Actor } from "../../../kernel/actor.ts";
import { refuse } from "../../../kernel/errors.ts";
import type { Uses } from "../../ports.ts";
import type { readHandover } from "../../usecases/duty/hand-over.ts";
import { presentCadreCard } from "../people/cadre-card.ts";
import { instant, instantOrNull } from "../time.ts";

/** The requests that a cadre hands over, and the colleagues who could take them. */
export function presentHandover(
  deps: Uses<"clock" | "files">,
  actor: Actor,
  { community, until, requests, colleagues }: Awaited<ReturnType<typeof readHandover>>,
): Reply<"GET /api/duty/handover"> {
  const communityId = actor.communityIds[0] ?? refuse("auth.forbidden");
  const titles = new Map(community?.services.map(({ serviceCode, title }) => [serviceCode, title]));
  return {
    communityId,
    until: instantOrNull(until),
    requests: requests.map(({ request, owed }) => ({
      id: request.id,
      requestNo: request.no,
      title: request.content.title,
      serviceTitle: titles.get(request.serviceCode) ?? request.serviceCode,
      building: request.content.place.building,
      status: request.status,
      note: request.handling.handover?.note ?? null,
      owed,
    })),
    colleagues: colleagues.map(({ cadre, onDuty, at }) => {
      const { id, name, title } = presentCadreCard(cadre, communityId, deps, deps.clock.now(), null);
      return { id, name, title, onDuty, at: instant(at) };
    }),
  };
}
