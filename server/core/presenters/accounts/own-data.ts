import type { OwnData as OwnDataReply } from "../../../../contract/own-data.ts";
import { mayFollow } from "../../../log/audience.ts";
import { readRow } from "../../../log/read-row.ts";
import { dayOf } from "../../domain/community/calendar.ts";
import type { RetentionPeriod } from "../../../kernel/personal-data.ts";
import type { Uses } from "../../ports.ts";
import type { RevealEntry, OwnData, listOwnData } from "../../usecases/accounts/own-data.ts";
import { presentDevice } from "./device.ts";
import { presentNotice } from "../requests/record.ts";
import { presentRequestDetail } from "../requests/request.ts";
import { instant, instantOrNull } from "../time.ts";

/** A retention period in words. */
function howLong({ days, from }: RetentionPeriod): string {
  if (days === null) return from;
  return `${from}后 ${days % 365 === 0 ? `${days / 365} 年` : `${days} 天`}`;
}

const presentReveal = ({ at, role, ...rest }: RevealEntry): OwnDataReply["reveals"][number] => ({
  ...rest,
  at: instant(at),
  role: role as OwnDataReply["reveals"][number]["role"],
});

/** The kinds of data that are stored, the reveals, and what a closing of the account would affect. */
export const presentOwnList = ({
  kept,
  reveals,
  open,
  requests,
  photos,
  holdsPost,
  periods,
}: Awaited<ReturnType<typeof listOwnData>>) => ({
  kept: kept.map(({ what, why, kept: period, closing }) => ({
    what,
    why,
    kept: howLong(periods[period] ?? { days: null, from: period }),
    closing,
  })),
  reveals: reveals.map(presentReveal),
  counts: { requests, photos },
  open: open.map(({ id, no, content: { title }, status }) => ({ id, requestNo: no, title, status })),
  holdsPost,
});

/** The export, with the resident's own phone and home in full. */
export function presentOwnData(deps: Uses<"clock" | "files" | "keys">, own: OwnData): OwnDataReply {
  const { actor } = own;
  const requests: OwnDataReply["requests"] = [];
  for (const detailed of own.requests) {
    const {
      abilities: _a,
      tasks: _t,
      knowledgeCard: _k,
      followedBy: _f,
      ...rest
    } = presentRequestDetail(deps, actor, detailed);
    requests.push(rest);
  }
  return {
    format: "dianxiaoer-own-data-1",
    madeAt: instant(own.madeAt),
    profile: profileOf(deps, own),
    requests,
    photos: own.photos.map(({ id, at, width, height, bytes, state }) => ({
      ...{ id, at: instant(at), width, height, bytes },
      url: state === "rejected" ? "" : deps.files.url(id, own.madeAt),
    })),
    ...own.ofModules,
    consents: own.consents.flatMap(({ templateId, consents }) =>
      consents.map(({ at, state }) => ({ templateId, at: instant(at), state })),
    ),
    notices: own.notices.map(presentNotice),
    deliveries: own.deliveries.map(({ at, channel, purpose, state }) => ({ at: instant(at), channel, purpose, state })),
    sessions: own.sessions.map((session) => {
      const { current: _, ...device } = presentDevice(session, null);
      return { ...device, expiresAt: instant(session.expiresAt) };
    }),
    // Rows of internal notes are left out. Reveals have their own part.
    record: own.record
      .filter((row) => mayFollow(actor, row))
      .map((row) => {
        const { at, type, actor: by } = readRow(row);
        const named = by.role !== "resident" || actor.ids.includes(by.id);
        return { at: instant(at), type, requestNo: row.requestNo, by: named ? by.name : "", role: by.role };
      }),
    reveals: own.reveals.map(presentReveal),
  };
}

function profileOf(deps: Uses<"keys">, { actor, user, ways, communities }: OwnData): OwnDataReply["profile"] {
  const { open } = deps.keys;
  const { registration } = user;
  return {
    ids: [...actor.ids],
    name: user.name,
    phone: user.phone && open(user.phone, "phone"),
    ways,
    largeText: user.largeText,
    createdAt: instant(user.createdAt),
    registration: registration && {
      communityName: communities.get(registration.communityId) ?? "",
      phone: open(registration.phone, "phone"),
      building: registration.building,
      unit: open(registration.unit, "unit"),
      room: open(registration.room, "room"),
      registeredAt: instant(registration.registeredAt),
      confirmedAt: instantOrNull(registration.confirmedAt),
    },
  };
}

/** The file name of the export, without an extension. */
export const nameOf = ({ madeAt }: OwnData): string => `店小二-我的数据-${dayOf(madeAt)}`;
