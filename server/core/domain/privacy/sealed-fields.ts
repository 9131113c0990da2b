import { FACTOR_CONTEXT } from "../accounts/second-factor.ts";

/**
 * Where sealed fields are stored, and the contexts for which each may be sealed (`{id}` is the document's id). Key
 * rotation seals these anew. A test compares the list with `personal-data.ts`.
 */
export const sealedFields: readonly { collection: string; fields: Readonly<Record<string, readonly string[]>> }[] = [
  {
    collection: "users",
    fields: {
      phone: ["phone"],
      "registration.phone": ["phone"],
      "registration.unit": ["unit"],
      "registration.room": ["room"],
    },
  },
  {
    collection: "requests",
    fields: {
      "content.contact.phone": ["phone"],
      "content.place.unit": ["unit"],
      "content.place.room": ["room"],
    },
  },
  {
    collection: "identities",
    fields: {
      sealed: ["openid", "phone"],
      "factor.sealed": [FACTOR_CONTEXT],
      "pendingFactor.sealed": [FACTOR_CONTEXT],
    },
  },
  { collection: "wechat_tokens", fields: { sealed: ["wechat-token"] } },
];
