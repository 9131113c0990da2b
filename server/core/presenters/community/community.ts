import type {
  CatalogueService,
  Community as CommunityReply,
  Duty,
  Reply,
  Service as ServiceReply,
} from "../../../../contract/index.ts";
import { isServiceOffered, serviceVersionOf } from "../../domain/community/catalogue.ts";
import { refuse } from "../../../kernel/errors.ts";
import type { Community, Service } from "../../domain/community/community.ts";
import type { User } from "../../domain/accounts/user.ts";
import type { Uses } from "../../ports.ts";
import type { DutyNow } from "../../usecases/duty/read-duty.ts";
import { presentCadreCard } from "../people/cadre-card.ts";
import { instant } from "../time.ts";

/** A community and its buildings. */
export const presentCommunity = ({
  id,
  name,
  subdistrict,
  phone,
  address,
  officeHours,
  buildings,
}: Community): CommunityReply => ({
  id,
  name,
  subdistrict,
  phone,
  address,
  officeHours,
  buildings: buildings.map((building) => ({ name: building.name, units: [...building.units] })),
});

/** A service as residents see it: without the knowledge card, which is for staff. */
export const presentService = ({
  knowledgeCard: _card,
  version: _version,
  retired: _retired,
  anywhere = false,
  shared = false,
  ...service
}: Service): ServiceReply => ({
  ...service,
  anywhere,
  shared,
  keywords: [...service.keywords],
  positions: [...service.positions],
  questions: service.questions.map((question) => ({ ...question, options: [...question.options] })),
});

/** A service as its committee edits it. */
export const presentCatalogueService = (service: Service): CatalogueService => ({
  ...presentService(service),
  knowledgeCard: {
    bring: [...service.knowledgeCard.bring],
    ask: [...service.knowledgeCard.ask],
    say: [...service.knowledgeCard.say],
  },
  retired: !isServiceOffered(service),
  version: serviceVersionOf(service),
});

/** A cadre's duty after it was started or ended. */
export function presentDuty(deps: Uses<"clock" | "files">, cadre: User): Duty {
  const { duty } = cadre;
  if (!duty) return refuse("duty.not_on_duty");
  const now = deps.clock.now();
  return {
    startedAt: instant(duty.startedAt),
    until: instant(duty.until),
    endedAt: duty.until <= now ? instant(duty.until) : null,
    card: presentCadreCard(cadre, duty.communityId, deps, now),
  };
}

/** Who is on duty now, who comes next, and who is on call when nobody is on duty. */
export function presentOnDuty(
  deps: Uses<"clock" | "files">,
  communityId: string,
  { now: there, next, backup }: DutyNow,
): Reply<"GET /api/communities/:id/duty"> {
  const now = deps.clock.now();
  return {
    items: there.map(({ cadre, until, checkedIn }) => ({
      ...presentCadreCard(cadre, communityId, deps, now, until),
      checkedIn,
    })),
    nextCursor: null,
    next: next && {
      at: instant(next.at),
      cadres: next.cadres.map(({ cadre }) => presentCadreCard(cadre, communityId, deps, now, null)),
    },
    backup: backup && presentCadreCard(backup, communityId, deps, now, null),
  };
}
