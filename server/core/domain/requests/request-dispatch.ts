/** An offer of a request to one cadre until it expires. `backup`: the cadre is on call and not on duty. */
export interface Offer {
  cadreId: string;
  cadreName: string;
  kind: "duty" | "backup";
  at: Date;
  expiresAt: Date;
}

/** How a request finds a handler. */
export interface RequestDispatch {
  /** Place in the queue, in ms since the epoch; smallest first. */
  queueKey: number;
  /** The current offer while it waits in the queue. Other cadres still see the request and can claim it. */
  offer: Offer | null;
  /** Cadres who are not asked in this round: those who did not take an offer, and the previous handler. */
  offeredTo: readonly string[];
  /** When the dispatcher looks at it next; null when it is not in the queue. */
  dueAt: Date | null;
  /**
   * When the next round begins, after everybody was asked in vain. Until then only cadres who come on duty are asked.
   */
  nextOfferRoundAt: Date | null;
  /** Whether the committee was told that nobody takes it. */
  committeeNotified: boolean;
  /** How often a cadre has returned it (退单). */
  returnCount: number;
}

/** The defaults of a request that was never offered. */
export const blankDispatch = {
  offer: null,
  offeredTo: [],
  dueAt: null,
  nextOfferRoundAt: null,
  committeeNotified: false,
  returnCount: 0,
} satisfies Partial<RequestDispatch>;
