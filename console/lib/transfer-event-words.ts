import { zh } from "../i18n/zh.ts";
import { type Data, type Tellers, said, textOf } from "./event-data.ts";

const to = (data: Data): string => textOf(data, "toName") ?? "";
const from = (data: Data): string => textOf(data, "fromName") ?? "";
const why = (data: Data): string | null => textOf(data, "reason");

/** Sentences of transfer events, which stand in the logs of both communities. */
export const transferFormatters = {
  "request.transfer_asked": (data) => said(zh.sentence.transferAsked(to(data)), why(data)),
  "request.transfer_recalled": (data) => said(zh.sentence.transferRecalled(to(data))),
  "request.transferred": (data) => said(zh.sentence.transferred(to(data))),
  "request.transfer_refused": (data) => said(zh.sentence.transferRefused(to(data)), why(data)),
  "transfer.offered": (data) => said(zh.sentence.transferOffered(from(data)), why(data)),
  "transfer.recalled": (data) => said(zh.sentence.transferRecalledThere(from(data))),
  "transfer.arrived": (data) => said(zh.sentence.transferArrived(from(data))),
  "transfer.declined": (data) => said(zh.sentence.transferDeclined(from(data)), why(data)),
  "transfer.lapsed": (data) => said(zh.sentence.transferLapsed(from(data))),
} satisfies Partial<Tellers>;
