import { z } from "zod";
import { defineEvent } from "./define.ts";
import { count, progressFields, step } from "./fields.ts";
import { stepOfRequest } from "./stale.ts";

/** Events of others beside the resident: a family member who files for the resident, and neighbours who follow. */
export const togetherEvents = {
  "request.consented": defineEvent({
    label: "代办同意",
    about: "request",
    data: step({ agreed: z.boolean(), mayRate: z.boolean(), how: z.enum(["call", "visit", "app"]) }),
    audience: { resident: [...progressFields, "agreed", "mayRate", "how"], family: ["status"] },
    notice: {
      to: ["resident", "handler", "filer"],
      text: "{who}记下了代办诉求 {no} 的同意情况。",
      filer: "诉求 {no}：家人同意由您代办，全部进展都能看到了。",
    },
    landing: "request",
    stale: stepOfRequest,
  }),
  "request.consent_revoked": defineEvent({
    label: "收回代办同意",
    about: "request",
    data: step({}),
    audience: { resident: progressFields, family: ["status"] },
    notice: { to: ["handler"], text: "居民收回了诉求 {no} 的代办同意，请只与居民本人联系。" },
    landing: "request",
    stale: stepOfRequest,
  }),
  "request.followed": defineEvent({
    label: "居民跟进",
    about: "request",
    data: step({ followers: count }),
    audience: { resident: [...progressFields, "followers"], family: ["status"] },
    stale: stepOfRequest,
  }),
  "request.unfollowed": defineEvent({
    label: "取消跟进",
    about: "request",
    data: step({ followers: count }),
    audience: { resident: [...progressFields, "followers"], family: ["status"] },
    stale: stepOfRequest,
  }),
};
