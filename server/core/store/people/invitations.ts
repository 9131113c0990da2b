import type { Connection } from "mongoose";
import type { Invitation } from "../../domain/people/invitation.ts";
import {
  type ExpiringRepository,
  aggregateCollection,
  aggregateRepository,
  toDomain,
} from "../../../kernel/aggregate-repository.ts";

/** The most invitations that the committee is shown. */
const SHOWN = 200;

/** Invitations to a post. Every change is a step with an event. */
export function createInvitationRepository(
  connection: Connection,
): ExpiringRepository<Invitation> & { listOf(communityId: string): Promise<Invitation[]> } {
  const collection = aggregateCollection(connection, "Invitation", "invitations", [{ communityId: 1, madeAt: -1 }]);
  return {
    ...aggregateRepository<Invitation>(collection),
    /** A community's invitations, newest first. */
    async listOf(communityId) {
      const found = await collection.find({ communityId }).sort({ madeAt: -1 }).limit(SHOWN).toArray();
      return found.map((document) => toDomain(document) as Invitation);
    },
  };
}
