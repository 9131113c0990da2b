/**
 * The resident's consent that a family member acts for them (代办). The resident is asked in person; consent is never
 * assumed.
 */
export interface Consent {
  state: "asked" | "given" | "refused";
  /** Whether the family member may also rate. */
  mayRate: boolean;
  /** How the resident answered: to the handler on the phone or in person, or in the app. Null before the answer. */
  how: "call" | "visit" | "app" | null;
  at: Date | null;
}

export const relatives = ["parent", "grandparent", "spouse", "relative", "neighbour"] as const;
export type Relative = (typeof relatives)[number];

/**
 * Who filed a request for its resident: a cadre or clerk (代提交), or a family member (代办). `consent` is the
 * resident's.
 */
export interface Filer {
  id: string;
  name: string;
  as: "cadre" | "committee" | "family";
  /** The family member's relation to the resident; null for staff. */
  relation: Relative | null;
  consent: Consent | null;
}

/** The resident's side of a request. */
export interface RequestParty {
  residentName: string;
  /** Null when the resident filed it. */
  filedBy: Filer | null;
  /** The community whose counter accepted it for this one (一窗通收); null when it was filed here. */
  acceptedInCommunityId: string | null;
  /** Neighbours who follow it instead of filing their own request. */
  followers: readonly { id: string; at: Date }[];
}

/** The defaults of a request that its resident filed and nobody follows. */
export const blankParty = {
  filedBy: null,
  acceptedInCommunityId: null,
  followers: [],
} satisfies Partial<RequestParty>;
