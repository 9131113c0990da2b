import { FACTOR_CONTEXT } from "../accounts/second-factor.ts";

/**
 * Where sealed fields are, and for what each is sealed (one of these; `{id}` is the document's): what a rotation of
 * the key moves. A test holds it against `personal-data.ts`.
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
    fields: { "contact.phone": ["phone"], "place.unit": ["unit"], "place.room": ["room"] },
  },
  {
    collection: "identities",
    fields: {
      sealed: ["openid", "phone"],
      "factor.sealed": [FACTOR_CONTEXT],
      "begunFactor.sealed": [FACTOR_CONTEXT],
    },
  },
  { collection: "wechat_tokens", fields: { sealed: ["wechat-token"] } },
];
