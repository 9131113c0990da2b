import type { Input, Reply, Service } from "../../../../contract/index.ts";
import { call, refreshQueries } from "../../../api";
import type { Draft } from "../../../lib/draft";
import { uploadedIds } from "../../../lib/draft-photos";
import { windowOf } from "../../../lib/time-window";

type Body = Input<"POST /api/requests">["body"];
type Filed = Reply<"POST /api/requests">;

/**
 * The fields that are the same for whomever the request is filed. Answers to questions of other services are left out.
 */
function bodyOf(draft: Draft, service: Service, communityId: string): Omit<Body, "place" | "contact"> {
  const asked = service.questions.map(({ code }) => code);
  return {
    communityId,
    serviceCode: service.serviceCode,
    description: draft.description.trim(),
    answers: Object.fromEntries(
      Object.entries(draft.answers).filter(([code, answer]) => asked.includes(code) && answer.trim() !== ""),
    ),
    timeWindow: draft.when === null ? undefined : windowOf(draft.when, new Date()),
    fileIds: uploadedIds(draft.photos),
  };
}

/** Files the draft with its own key, so that several attempts file one request. */
export async function fileDraft(draft: Draft, service: Service, communityId: string): Promise<Filed> {
  const filed = await send(draft, bodyOf(draft, service, communityId));
  refreshQueries("GET /api/requests");
  return filed;
}

async function send(draft: Draft, body: ReturnType<typeof bodyOf>): Promise<Filed> {
  const options = { idempotencyKey: draft.key };
  const { elder, place, contact } = draft;
  if (elder === null) {
    const own = { place: place ?? undefined, contact: contact ?? undefined };
    return call("POST /api/requests", { body: { ...body, ...own } }, options);
  }
  const { relation, name, phone } = elder;
  return call(
    "POST /api/requests/for-family",
    { body: { ...body, elder: { name: name.trim(), phone, ...elder.place }, relation: relation ?? "relative" } },
    options,
  );
}
