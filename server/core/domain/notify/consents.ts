/**
 * Consents to WeChat's subscribe messages. One consent allows one message. There is a ledger per person and template,
 * and every change of it is one conditional write.
 */
export interface Consent {
  /** The id of the answer that gave it; both ids when app and push reported the same tap. */
  id: string;
  at: Date;
  /** Who reported it: the app, WeChat's push, or both for the same tap. */
  by: "app" | "push" | "both";
  /** `reserved`: a message is being sent with it. `ended`: WeChat no longer has it. */
  state: "open" | "reserved" | "spent" | "ended";
  /** The message for which it is reserved or on which it was spent. */
  deliveryId: string | null;
}

/** The consents of one person for one template. */
export interface ConsentLedger {
  userId: string;
  templateId: string;
  version: number;
  consents: readonly Consent[];
}

/** What a person answered for one template. `filter`: WeChat did not ask, since the template may not be used. */
export const consentAnswers = ["accept", "reject", "ban", "filter"] as const;

/** A report of a person's answer to one template. */
export interface HeardAnswer {
  id: string;
  by: "app" | "push";
  /** `withdraw`: the person turned messages off in WeChat's settings. */
  answer: (typeof consentAnswers)[number] | "withdraw";
  at: Date;
}

/** The app and WeChat's push report the same tap. Reports within this many ms are taken as one. */
const DUPLICATE_ANSWER_MS = 2 * 60_000;
/** Spent consents are kept for reference, up to this many consents in all. */
const MAX_KEPT = 40;

/** The ledger before the first answer. */
export const emptyConsentLedger = (userId: string, templateId: string): ConsentLedger => ({
  userId,
  templateId,
  version: 0,
  consents: [],
});

const changed = (ledger: ConsentLedger, consents: readonly Consent[]): ConsentLedger => ({
  ...ledger,
  version: ledger.version + 1,
  consents,
});

const isUsable = ({ state }: Consent): boolean => state === "open" || state === "reserved";

const end = (consent: Consent): Consent => (isUsable(consent) ? { ...consent, state: "ended" } : consent);

/** The ledger after an answer, or null when it changes nothing: it was applied before, or it is a refusal. */
export function applyAnswer(ledger: ConsentLedger, { id, by, answer, at }: HeardAnswer): ConsentLedger | null {
  const { consents } = ledger;
  if (answer === "ban" || answer === "withdraw") {
    return consents.some(isUsable) ? changed(ledger, consents.map(end)) : null;
  }
  if (answer !== "accept" || consents.some((consent) => consent.id.split(" ").includes(id))) return null;
  const twin = consents.find(
    (consent) =>
      consent.by !== by &&
      consent.by !== "both" &&
      Math.abs(consent.at.getTime() - at.getTime()) <= DUPLICATE_ANSWER_MS,
  );
  if (twin) {
    const both = { ...twin, by: "both" as const, id: `${twin.id} ${id}` };
    return changed(
      ledger,
      consents.map((consent) => (consent === twin ? both : consent)),
    );
  }
  const given: Consent = { id, at, by, state: "open", deliveryId: null };
  const kept = consents.length < MAX_KEPT ? consents : consents.filter(isUsable).slice(1 - MAX_KEPT);
  return changed(ledger, [...kept, given]);
}

/** The ledger with its oldest open consent reserved for a message; null when none is open. */
export function reserve(ledger: ConsentLedger, deliveryId: string): ConsentLedger | null {
  const first = ledger.consents.find(({ state }) => state === "open");
  if (!first || ledger.consents.some((consent) => consent.deliveryId === deliveryId)) return null;
  const reserved: Consent = { ...first, state: "reserved", deliveryId };
  return changed(
    ledger,
    ledger.consents.map((consent) => (consent === first ? reserved : consent)),
  );
}

/**
 * The ledger after a message has ended. Sent or unknown: its consent is spent, since WeChat may have used it. Failed:
 * the consent is open again. Refused: WeChat has no consent left, so all are ended. Null when nothing changes.
 */
export function settle(
  ledger: ConsentLedger,
  deliveryId: string,
  outcome: "sent" | "unknown" | "failed" | "refused",
): ConsentLedger | null {
  const own = ledger.consents.find((consent) => consent.deliveryId === deliveryId && consent.state === "reserved");
  if (!own) return null;
  if (outcome === "refused") return changed(ledger, ledger.consents.map(end));
  const after: Consent =
    outcome === "failed" ? { ...own, state: "open", deliveryId: null } : { ...own, state: "spent" };
  return changed(
    ledger,
    ledger.consents.map((consent) => (consent === own ? after : consent)),
  );
}

/** How many messages may still be sent. */
export const openConsentCount = ({ consents }: ConsentLedger): number =>
  consents.filter(({ state }) => state === "open").length;
