import type { Me, Service } from "../../../../contract/index.ts";
import { words } from "../../../i18n";
import { type PrincipalPart, checkPrincipal } from "../../../lib/check-principal";
import type { Draft } from "../../../lib/draft";
import { photosBlockingSubmit } from "../../../lib/draft-photos";
import { isMobile } from "../../../lib/phone";
import { hasPassed } from "../../../lib/time-window";

/** The problems of a draft, by the part of the page that they concern. */
export type Problems = Partial<
  Record<
    "words" | "service" | "photos" | "place" | "when" | "contact" | "relation" | PrincipalPart | `answer:${string}`,
    string
  >
>;

/** Checks a draft by the server's rules, before it is sent. Empty: it can be filed. */
export function checkDraft(draft: Draft, service: Service | null, ownPlace: boolean, now: Date): Problems {
  const say = words.file;
  const problems: Problems = {};
  if (draft.description.trim() === "") problems.words = say.needWords;
  if (service === null) problems.service = say.needService;
  for (const { code, label, required } of service?.questions ?? []) {
    if (required && !draft.answers[code]?.trim()) problems[`answer:${code}`] = say.needAnswer(label);
  }
  const holdUp = photosBlockingSubmit(draft.photos);
  if (holdUp !== null) problems.photos = holdUp === "uploading" ? say.needUploads : say.needUploadsFailed;
  if (draft.when !== null && hasPassed(draft.when, now)) problems.when = say.needWhen;
  const { place, contact, elder } = draft;
  if (elder !== null) {
    if (elder.relation === null) problems.relation = words.proxyFiling.needRelation;
    return { ...problems, ...checkPrincipal(elder) };
  }
  if (!ownPlace && (place === null || Object.values(place).some((part) => part.trim() === ""))) {
    problems.place = say.needPlace;
  }
  if (contact !== null && (contact.name.trim() === "" || !isMobile(contact.phone))) {
    problems.contact = say.needContact;
  }
  return problems;
}

/** Whether the request is for the resident's own home, registered or still to be registered. */
export function isOwnPlace(draft: Draft, me: Me | null, communityId: string | null): boolean {
  const registered = me?.registration ?? null;
  return draft.place === null && (registered === null || registered.communityId === communityId);
}
