import { replyWithSession } from "../accounts/reply.ts";
import type { platformOperations } from "../../../../contract/platform.ts";
import { closeAccount, requestOwnOtp } from "../../usecases/accounts/close-account.ts";
import { linkWeChatPhone } from "../../usecases/accounts/link-phone.ts";
import { listPhotoReviews, reviewPhoto } from "../../usecases/files/review-photo.ts";
import type { Handlers } from "../../http/handler.ts";
import { presentPhotoReview } from "../../presenters/files/files.ts";

export const platformRoutes: Handlers<keyof typeof platformOperations> = {
  "POST /api/me/phone": async ({ actor, body, ...call }) =>
    replyWithSession(call, await linkWeChatPhone(call.deps, actor, body.code, call.from())),
  "POST /api/me/otp": ({ deps, actor, address }) => requestOwnOtp(deps, actor, address),
  "GET /api/photo-reviews": async ({ deps, actor, query }) => {
    const { items, nextCursor } = await listPhotoReviews(deps, actor, query);
    return { items: items.map((photo) => presentPhotoReview(deps, photo)), nextCursor };
  },
  "POST /api/photo-reviews/:id": ({ deps, actor, params, body }) => reviewPhoto(deps, actor, params.id, body.verdict),
  "POST /api/me/close": ({ deps, actor, body, address }) => closeAccount(deps, actor, body.proof, address),
};
