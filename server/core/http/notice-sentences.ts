import { declarations } from "../../../contract/events.ts";
import type { Wording } from "../../../contract/events/define.ts";
import type { StoredNotice } from "../store/notify/notices.ts";

type NoticeFacts = Pick<
  StoredNotice,
  "type" | "actorName" | "actorRole" | "requestNo" | "reader" | "organization" | "named"
>;
type Fill = Readonly<Record<"who" | "no" | "unit" | "named", string>>;

const filled = (template: string, fill: Fill): string =>
  template.replaceAll(/\{(who|no|unit|named)\}/g, (_place, name: keyof Fill) => fill[name]);

/** The wording for a reader of the event; undefined when the catalogue has none. */
function wordingFor(type: string, reader: NoticeFacts["reader"]): Wording | undefined {
  const notice = declarations[type]?.notice ?? {};
  switch (reader) {
    case "committee":
    case "supervisor":
      return notice.office;
    case "partner":
    case "follower":
    case "filer":
      return notice[reader];
    case "resident":
      return notice.text;
    case null:
      return notice.handler ?? notice.text;
  }
}

/** How a notice without a wording of its own begins. */
const beginnings: Readonly<Partial<Record<NonNullable<NoticeFacts["reader"]>, string>>> = {
  follower: "您跟进的",
  filer: "您代办的",
};

/** A notice as a sentence. */
export function noticeText({
  type,
  actorName,
  actorRole,
  requestNo,
  reader,
  organization = "",
  named,
}: NoticeFacts): string {
  const who = actorRole === "committee" ? "居委会" : actorName || "系统";
  const fill = { who, no: requestNo ?? "", unit: organization, named: named ?? "" };
  const wording = wordingFor(type, reader);
  if (wording === undefined) return `${(reader && beginnings[reader]) ?? ""}诉求 ${fill.no} 有新进展。`;
  return filled(typeof wording === "string" ? wording : named ? wording.named : wording.otherwise, fill);
}
