import type { CommandContext } from "../../../kernel/command.ts";
import type { DomainEvent } from "../../../kernel/event.ts";
import { attachPhotos } from "../files/attach-photos.ts";
import { randomBytes } from "node:crypto";
import { refuse } from "../../../kernel/errors.ts";
import { isServiceOffered, serviceVersionOf } from "../../domain/community/catalogue.ts";
import type { Service } from "../../domain/community/community.ts";
import type { OfficeHours } from "../../domain/community/working-time.ts";
import { filerSubject } from "../../domain/requests/proxy-filing.ts";
import { queueKey } from "../../domain/requests/queue-order.ts";
import { requestNumber } from "../../domain/requests/request-number.ts";
import { blankClocks } from "../../domain/requests/request-clocks.ts";
import { type RequestContent, blankContent } from "../../domain/requests/request-content.ts";
import { blankDispatch } from "../../domain/requests/request-dispatch.ts";
import { blankHandling } from "../../domain/requests/request-handling.ts";
import { blankOutcome } from "../../domain/requests/request-outcome.ts";
import { type RequestParty, blankParty } from "../../domain/requests/request-party.ts";
import { blankTransfer } from "../../domain/requests/request-transfer.ts";
import type { Request } from "../../domain/requests/request.ts";
import { clocksFrom, shownDeadlines } from "../../domain/requests/sla.ts";
import type { Uses } from "../../ports.ts";
import { assertHome } from "../accounts/assert-home.ts";
import { officeHoursOf } from "../community/office-hours.ts";
import { idFromKey, newId } from "../../../kernel/ids.ts";
import { checkWords, marked } from "./check-words.ts";
import { runStep } from "../../../kernel/step-runner.ts";

/** A resident's submission. All fields after the first three are optional or may be empty. Times are instants. */
export interface Submission {
  communityId: string;
  serviceCode: string;
  description: string;
  title?: string | undefined;
  answers: Readonly<Record<string, string>>;
  place?: { building: string; unit: string; room: string } | undefined;
  contact?: { name: string; phone: string } | undefined;
  timeWindow?: { label: string; from?: string | undefined; to?: string | undefined } | undefined;
  fileIds: readonly string[];
}

/** The resident's side of a new request: owner, place, contact, and who files it. */
export interface Party
  extends Pick<Request, "residentId">, Omit<RequestParty, "followers">, Pick<RequestContent, "place" | "contact"> {
  filing: DomainEvent["actor"];
}

/** The service, and the opening hours of its community's office. */
interface Terms {
  service: Service;
  office: OfficeHours;
}

const TITLE_LENGTH = 40;

/**
 * Files a request: it enters the queue with its deadlines and its first event in one write. A repeated idempotency key
 * returns the same request. Throws `registration.required`, `registration.building_unknown`, `community.unknown`,
 * `service.unknown`, `request.answer_missing`, `content.refused`, and as `attachPhotos` does.
 */
export async function submitRequest(
  deps: Uses<
    | "clock"
    | "files"
    | "holidays"
    | "keys"
    | "log"
    | "modules"
    | "publicUrl"
    | "store"
    | "wakeRelay"
    | "wechat"
    | "wordCheck"
  >,
  command: CommandContext,
  submission: Submission,
): Promise<Request> {
  return fileRequest(deps, command, submission, async () => {
    const user = await deps.store.users.find(command.actor.userId);
    if (!user?.registration || !user.name) refuse("registration.required");
    const { registration, name } = user;
    const { place, contact } = submission;
    const { seal } = deps.keys;
    if (place) await assertHome(deps, submission.communityId, place);
    return {
      residentId: user.id,
      residentName: name,
      filedBy: null,
      acceptedInCommunityId: null,
      filing: { id: command.actor.userId, role: "resident", name },
      place: place
        ? { building: place.building, unit: seal(place.unit, "unit"), room: seal(place.room, "room") }
        : { building: registration.building, unit: registration.unit, room: registration.room },
      contact: contact
        ? { name: contact.name, phone: seal(contact.phone, "phone") }
        : { name, phone: registration.phone },
    };
  });
}

/**
 * Files a request for the party that `partyOf` returns. It is called only for a new idempotency key, so that its limits
 * and refusals do not apply to a repetition. Throws as {@link submitRequest} does, and what `partyOf` throws.
 */
export function fileRequest(
  deps: Uses<
    | "clock"
    | "files"
    | "holidays"
    | "keys"
    | "log"
    | "modules"
    | "publicUrl"
    | "store"
    | "wakeRelay"
    | "wechat"
    | "wordCheck"
  >,
  { actor, idempotency }: CommandContext,
  submission: Omit<Submission, "place" | "contact">,
  partyOf: (service: Service) => Promise<Party>,
): Promise<Request> {
  const id = idempotency ? idFromKey(`request:${idempotency.key}`) : newId();
  const { requests } = deps.store;
  const prepare = async () => {
    const terms = await findService(deps, submission);
    const party = await partyOf(terms.service);
    const mark = await checkWords(deps, actor, submission);
    await attachPhotos(deps, submission.fileIds, actor.ids, { kind: "request", id });
    return { terms, party, mark };
  };
  let prepared: Awaited<ReturnType<typeof prepare>> | null = null;
  return runStep(idempotency, {
    async load() {
      const before = idempotency && (await requests.load(id));
      return { before: before?.request ?? null, steps: before?.steps ?? [] };
    },
    unchanged: ({ before }) => before ?? refuse("write.contended"),
    async decide() {
      // Prepared once, since a taken request number makes `decide` run again.
      prepared ??= await prepare();
      const { terms, party, mark } = prepared;
      const request = newRequest(deps, id, party, terms, submission);
      return { request, event: marked(submitted(request, party.filing), mark) };
    },
    save: async ({ request, event }) =>
      (await requests.insert(request, event, idempotency)) === "inserted" ? request : null,
    wakeRelay: ({ event }) => deps.wakeRelay(event.communityId),
  });
}

async function findService(
  deps: Uses<"holidays" | "store">,
  submission: Pick<Submission, "communityId" | "serviceCode" | "answers">,
): Promise<Terms> {
  const community = await deps.store.communities.find(submission.communityId);
  if (!community) refuse("community.unknown");
  const service = community.services.find(
    (offered) => offered.serviceCode === submission.serviceCode && isServiceOffered(offered),
  );
  if (!service) refuse("service.unknown", { serviceCode: submission.serviceCode });
  for (const { code, label, kind, options, required } of service.questions) {
    const answer = submission.answers[code];
    if (required && !answer) refuse("request.answer_missing", { question: label });
    if (answer && kind === "choice" && !options.includes(answer)) {
      refuse("request.answer_missing", { question: label, options });
    }
  }
  return { service, office: await officeHoursOf(deps, community) };
}

function newRequest(
  deps: Uses<"clock">,
  id: string,
  party: Party,
  { service, office }: Terms,
  submission: Omit<Submission, "place" | "contact">,
): Request {
  const now = deps.clock.now();
  const { timeWindow } = submission;
  const clocks = clocksFrom(now, service, office);
  const asked = new Set(service.questions.map(({ code }) => code));
  return {
    id,
    no: requestNumber(randomBytes(5)),
    version: 1,
    communityId: submission.communityId,
    serviceCode: service.serviceCode,
    serviceVersion: serviceVersionOf(service),
    urgency: service.urgency,
    status: "queued",
    residentId: party.residentId,
    handlerId: null,
    handlerName: null,
    submittedAt: now,
    content: {
      ...blankContent,
      title: submission.title ?? firstLine(submission.description),
      description: submission.description,
      answers: Object.fromEntries(Object.entries(submission.answers).filter(([code]) => asked.has(code))),
      place: party.place,
      contact: party.contact,
      ...(timeWindow ? { timeWindow: windowOf(timeWindow) } : {}),
      fileIds: submission.fileIds,
    },
    party: {
      ...blankParty,
      residentName: party.residentName,
      filedBy: party.filedBy,
      acceptedInCommunityId: party.acceptedInCommunityId,
    },
    clocks: { ...blankClocks, ...clocks, dueAt: clocks.escalations[0]?.at ?? null },
    dispatch: { ...blankDispatch, queueKey: queueKey(now, service.urgency, service), dueAt: now },
    transfer: blankTransfer,
    handling: blankHandling,
    outcome: blankOutcome,
  };
}

const windowOf = ({ label, from, to }: NonNullable<Submission["timeWindow"]>): RequestContent["timeWindow"] => ({
  label,
  ...(from ? { from: new Date(from) } : {}),
  ...(to ? { to: new Date(to) } : {}),
});

function firstLine(description: string): string {
  const line = description.split("\n", 1)[0] ?? "";
  const characters = [...line];
  return characters.length > TITLE_LENGTH ? `${characters.slice(0, TITLE_LENGTH - 1).join("")}…` : line;
}

const submitted = (request: Request, filing: Party["filing"]): DomainEvent => ({
  version: 1,
  type: "request.submitted",
  at: request.submittedAt,
  communityId: request.communityId,
  requestId: request.id,
  requestNo: request.no,
  serviceCode: request.serviceCode,
  about: { kind: "request", id: request.id, no: request.no },
  actor: filing,
  subjects: { residentId: request.residentId, handlerId: null, previousHandlerId: null, ...filerSubject(request) },
  data: {
    title: request.content.title,
    status: request.status,
    urgency: request.urgency,
    files: request.content.fileIds.length,
    building: request.content.place.building,
    ...(request.party.filedBy ? { filedAs: request.party.filedBy.as } : {}),
    ...(request.party.acceptedInCommunityId ? { acceptedIn: request.party.acceptedInCommunityId } : {}),
    ...shownDeadlines(request),
  },
});
