import { InvitationsCard } from "./invitations-card.tsx";
import { PostsCard } from "./posts-card.tsx";

/** The posts and invitations of the community. */
export function PeoplePart({ communityId }: { communityId: string }) {
  return (
    <>
      <PostsCard communityId={communityId} />
      <InvitationsCard communityId={communityId} />
    </>
  );
}
