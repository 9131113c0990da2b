/** A pending request to another community to take the request over. */
export interface Transfer {
  to: string;
  toName: string;
  fromName: string;
  reason: string;
  byName: string;
  at: Date;
}

/** The transfers of a request: past, asked for and pending. */
export interface RequestTransfer {
  /** The transfer that is asked for and not answered. */
  pending: Transfer | null;
  /** Communities that were ever asked to take it over. Their logs name it, so they see its progress. */
  askedCommunityIds: readonly string[];
  /** Communities that were responsible for it before, in order. */
  formerCommunityIds: readonly string[];
}

/** The defaults of a request that was never transferred. */
export const blankTransfer = {
  pending: null,
  askedCommunityIds: [],
  formerCommunityIds: [],
} satisfies RequestTransfer;
