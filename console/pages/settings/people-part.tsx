import { InvitationsCard } from "./invitations-card.tsx";

/** Who works here, and who is invited to. */
export function PeoplePart({ communityId }: { communityId: string }) {
  return <InvitationsCard communityId={communityId} />;
}
