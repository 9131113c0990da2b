import { InvitationsCard } from "./invitations-card.tsx";
import { PostsCard } from "./posts-card.tsx";

/** Who works here, and who is invited to. */
export function PeoplePart({ communityId }: { communityId: string }) {
  return (
    <>
      <PostsCard communityId={communityId} />
      <InvitationsCard communityId={communityId} />
    </>
  );
}
