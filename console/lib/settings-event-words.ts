import type { Role } from "../../contract/index.ts";
import { zh } from "../i18n/zh.ts";
import { type Data, type Tellers, countOf, said, textOf } from "./event-data.ts";

const t = zh.sentence;
const word = (data: Data, key: string): string => textOf(data, key) ?? zh.common.none;

/** A post in words: 林晓慧（干部，社区干事，民政、养老）. */
function post(data: Data): string {
  const role = textOf(data, "role");
  const positions = Array.isArray(data["positions"]) ? data["positions"].join(zh.common.join) : "";
  const parts = [role && zh.role[role as Role], textOf(data, "organization"), textOf(data, "title"), positions];
  return `${word(data, "name")}（${parts.filter(Boolean).join("，")}）`;
}

const changedFields = (data: Data, names: Readonly<Record<string, string>>): string =>
  Array.isArray(data["fields"])
    ? [...new Set(data["fields"].map((field) => names[String(field)] ?? String(field)))].join(zh.common.join)
    : zh.common.none;

/** Sentences of settings events. */
export const settingsFormatters = {
  "community.opened": (data) => said(t.opened(word(data, "name"), countOf(data, "services"))),
  "community.buildings_imported": (data) =>
    said(t.buildingsImported(countOf(data, "buildings"), countOf(data, "units"))),
  "community.building_removed": (data) => said(t.buildingRemoved(word(data, "building"), textOf(data, "unit"))),
  "community.settings_changed": (data) => said(t.settingsChanged(changedFields(data, t.settingsFields))),
  "service.added": (data) => said(t.serviceAdded(word(data, "title"))),
  "service.changed": (data) =>
    said(t.serviceChanged(word(data, "title"), countOf(data, "version"), changedFields(data, t.serviceFields))),
  "service.retired": (data) => said(t.serviceRetired(word(data, "title"))),
  "service.restored": (data) => said(t.serviceRestored(word(data, "title"))),
  "invitation.made": (data) => said(t.invited(post(data))),
  "invitation.accepted": (data) => said(t.invitationAccepted(post(data))),
  "invitation.revoked": (data) => said(t.invitationRevoked(post(data))),
  "role.granted": (data) => said(t.roleGranted(post(data))),
  "role.ended": (data) => said(t.roleEnded(post(data)), textOf(data, "reason")),
  "role.changed": (data) => said(t.roleChanged(post(data))),
  "account.activated": () => said(t.accountActivated),
  "account.new_device": (data) => said(t.newDevice(word(data, "name"), textOf(data, "device"))),
  "account.password_changed": () => said(t.passwordChanged),
  "account.second_factor_on": () => said(t.factorOn),
  "account.second_factor_off": () => said(t.factorOff),
  "account.second_factor_reset": (data) => said(t.factorReset(word(data, "name"))),
  "account.recovery_code_used": (data) => said(t.recoveryUsed(countOf(data, "left"))),
  "account.recovery_codes_renewed": () => said(t.recoveryRenewed),
  "account.password_reset": (data) => said(t.passwordReset(word(data, "name"))),
} satisfies Partial<Tellers>;
