/**
 * Consents to WeChat's subscribe messages: one consent is one message. A ledger per person and template; every
 * change of it is one conditional write.
 */
export interface Consent {
  /** The answer that gave it. */
  id: string;
  at: Date;
  /** Who told us: the app, WeChat's push, or both of the same tap. */
  by: "app" | "push" | "both";
  /** `reserved`: a message is under way with it; `ended`: WeChat says that there is none. */
  state: "open" | "reserved" | "spent" | "ended";
  /** The message that it is reserved for, or was spent on. */
  deliveryId: string | null;
}

export interface Ledger {
  userId: string;
  templateId: string;
  version: number;
  consents: readonly Consent[];
}

/** What somebody answered to one template. `filter`: WeChat did not ask, since the template may not be used. */
export const answers = ["accept", "reject", "ban", "filter"] as const;

export interface Heard {
  id: string;
  by: "app" | "push";
  /** `withdraw`: turned off in WeChat's settings. */
  answer: (typeof answers)[number] | "withdraw";
  at: Date;
}

/** The app and WeChat both tell of the same tap; so far apart they may be, ms. */
const SAME_TAP_MS = 2 * 60_000;
/** Spent ones are kept for a look back, up to this many in all. */
const MOST_KEPT = 40;

export const emptyLedger = (userId: string, templateId: string): Ledger => ({
  userId,
  templateId,
  version: 0,
  consents: [],
});

const changed = (ledger: Ledger, consents: readonly Consent[]): Ledger => ({
  ...ledger,
  version: ledger.version + 1,
  consents,
});

const isUsable = ({ state }: Consent): boolean => state === "open" || state === "reserved";

const end = (consent: Consent): Consent => (isUsable(consent) ? { ...consent, state: "ended" } : consent);

/** The ledger after an answer, or null when it changes nothing: it was heard before, or it was no. */
export function afterAnswer(ledger: Ledger, { id, by, answer, at }: Heard): Ledger | null {
  const { consents } = ledger;
  if (answer === "ban" || answer === "withdraw") {
    return consents.some(isUsable) ? changed(ledger, consents.map(end)) : null;
  }
  if (answer !== "accept" || consents.some((consent) => consent.id.split(" ").includes(id))) return null;
  const twin = consents.find(
    (consent) =>
      consent.by !== by && consent.by !== "both" && Math.abs(consent.at.getTime() - at.getTime()) <= SAME_TAP_MS,
  );
  if (twin) {
    const both = { ...twin, by: "both" as const, id: `${twin.id} ${id}` };
    return changed(
      ledger,
      consents.map((consent) => (consent === twin ? both : consent)),
    );
  }
  const given: Consent = { id, at, by, state: "open", deliveryId: null };
  const kept = consents.length < MOST_KEPT ? consents : consents.filter(isUsable).slice(1 - MOST_KEPT);
  return changed(ledger, [...kept, given]);
}

/** The ledger with its oldest open consent reserved for a message; null when none is open. */
export function reserve(ledger: Ledger, deliveryId: string): Ledger | null {
  const first = ledger.consents.find(({ state }) => state === "open");
  if (!first || ledger.consents.some((consent) => consent.deliveryId === deliveryId)) return null;
  const reserved: Consent = { ...first, state: "reserved", deliveryId };
  return changed(
    ledger,
    ledger.consents.map((consent) => (consent === first ? reserved : consent)),
  );
}

/**
 * The ledger after a message has ended: sent or unknown, its consent is spent (WeChat may have taken it); failed, it is open again;
 * refused, there is none left at WeChat. Null when that changes nothing.
 */
export function settle(
  ledger: Ledger,
  deliveryId: string,
  outcome: "sent" | "unknown" | "failed" | "refused",
): Ledger | null {
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
export const openConsents = ({ consents }: Ledger): number => consents.filter(({ state }) => state === "open").length;
