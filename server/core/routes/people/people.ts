import type { peopleOperations } from "../../../../contract/people.ts";
import { createClerk } from "../../usecases/people/new-clerk.ts";
import { changePost, endPost, listPosts } from "../../usecases/people/posts.ts";
import { resetColleagueFactor } from "../../usecases/people/reset-colleague-factor.ts";
import type { Handlers } from "../../http/handler.ts";
import { presentHeldPost } from "../../presenters/people/people.ts";

export const peopleRoutes: Handlers<keyof typeof peopleOperations> = {
  "GET /api/communities/:id/people": async ({ deps, actor, params }) => ({
    items: (await listPosts(deps, actor, params.id)).map((held) => presentHeldPost(deps, actor, params.id, held)),
    nextCursor: null,
  }),
  "PUT /api/communities/:id/people/:userId/posts/:postId": async (call) => {
    const { deps, actor, params, body } = call;
    const whose = { communityId: params.id, userId: params.userId, postId: params.postId };
    return presentHeldPost(deps, actor, params.id, await changePost(deps, call, whose, body));
  },
  "POST /api/communities/:id/people/:userId/posts/:postId/end": (call) => {
    const { id, userId, postId } = call.params;
    return endPost(call.deps, call, { communityId: id, userId, postId }, call.body.reason);
  },
  "POST /api/communities/:id/people/:userId/second-factor/reset": ({ deps, actor, idempotency, params }) =>
    resetColleagueFactor(deps, { actor, idempotency }, { communityId: params.id, userId: params.userId }),
  "POST /api/communities/:id/clerks": async ({ deps, actor, idempotency, params, body }) => ({
    account: body.account,
    ...(await createClerk(deps, { actor, idempotency }, params.id, body)),
  }),
};
