import type { Input, Reply, Service } from "../../../../contract/index.ts";
import { call, refreshQueries } from "../../../api";
import type { Draft } from "../../../lib/draft";
import { uploadedIds } from "../../../lib/draft-photos";

type Body = Input<"POST /api/requests">["body"];

/** What of the draft goes to the server. Answers to questions of another service stay behind. */
export function bodyOf(draft: Draft, service: Service, communityId: string): Body {
  const asked = service.questions.map(({ code }) => code);
  return {
    communityId,
    serviceCode: service.serviceCode,
    description: draft.description.trim(),
    answers: Object.fromEntries(
      Object.entries(draft.answers).filter(([code, answer]) => asked.includes(code) && answer.trim() !== ""),
    ),
    place: draft.place ?? undefined,
    contact: draft.contact ?? undefined,
    timeWindow: draft.timeWindow ?? undefined,
    fileIds: uploadedIds(draft.photos),
  };
}

/** Files the draft with its own key: however often it is sent, one request comes of it. */
export async function fileDraft(
  draft: Draft,
  service: Service,
  communityId: string,
): Promise<Reply<"POST /api/requests">> {
  const filed = await call(
    "POST /api/requests",
    { body: bodyOf(draft, service, communityId) },
    { idempotencyKey: draft.key },
  );
  refreshQueries("GET /api/requests");
  return filed;
}
