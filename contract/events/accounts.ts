import { z } from "zod";
import { Role } from "../common.ts";
import { defineEvent } from "./define.ts";
import { count, id, nothing } from "./fields.ts";
import { record } from "./stale.ts";

const name = z.string().nullable();
const residents = [...record, "GET /api/residents", "GET /api/me"] as const;

/** Events of residents and accounts. */
export const accountEvents = {
  "resident.registered": defineEvent({
    label: "居民登记",
    about: "user",
    data: z.strictObject({ building: z.string(), again: z.boolean() }),
    audience: { resident: ["building", "again"] },
    stale: residents,
  }),
  "resident.confirmed": defineEvent({
    label: "核实居住",
    about: "user",
    data: z.strictObject({ building: z.string() }),
    audience: { resident: ["building"] },
    notice: { to: ["resident"], text: "{who}已核实您的住址，感谢配合。" },
    landing: null,
    stale: residents,
  }),
  "account.closed": defineEvent({
    label: "注销账号",
    about: "user",
    data: nothing,
    audience: { resident: [] },
    stale: record,
  }),
  "account.merge_begun": defineEvent({
    label: "开始合并账号",
    about: "user",
    data: z.strictObject({ from: id, into: id }),
    stale: [],
  }),
  "account.merged": defineEvent({
    label: "合并账号",
    about: "user",
    data: z.strictObject({ from: id, into: id }),
    stale: record,
  }),
  "account.activated": defineEvent({
    label: "启用账号",
    about: "user",
    data: z.strictObject({ userId: id, role: Role.nullable() }),
    audience: { resident: ["userId", "role"] },
    stale: record,
  }),
  "account.new_device": defineEvent({
    label: "新设备登录",
    about: "user",
    data: z.strictObject({ userId: id, name, device: z.string().nullable() }),
    audience: { resident: ["userId", "name", "device"] },
    notice: {
      to: ["cadres"],
      text: "您的账号在一台没用过的设备上登录了。不是您本人的话，请在“登录着的设备”里退出它，再换密码。",
    },
    landing: "devices",
    stale: record,
  }),
  "account.password_changed": defineEvent({
    label: "换密码",
    about: "user",
    data: z.strictObject({ userId: id }),
    audience: { resident: ["userId"] },
    stale: record,
  }),
  "account.password_reset": defineEvent({
    label: "重设密码",
    about: "user",
    data: z.strictObject({ userId: id, name }),
    audience: { resident: ["userId", "name"] },
    stale: record,
  }),
  "account.second_factor_on": defineEvent({
    label: "开两步验证",
    about: "user",
    data: z.strictObject({ userId: id }),
    audience: { resident: ["userId"] },
    stale: record,
  }),
  "account.second_factor_off": defineEvent({
    label: "关两步验证",
    about: "user",
    data: z.strictObject({ userId: id }),
    audience: { resident: ["userId"] },
    stale: record,
  }),
  "account.second_factor_reset": defineEvent({
    label: "重设两步验证",
    about: "user",
    data: z.strictObject({ userId: id, name }),
    audience: { resident: ["userId", "name"] },
    stale: record,
  }),
  "account.recovery_code_used": defineEvent({
    label: "用恢复码",
    about: "user",
    data: z.strictObject({ userId: id, left: count }),
    audience: { resident: ["userId", "left"] },
    stale: record,
  }),
  "account.recovery_codes_renewed": defineEvent({
    label: "换恢复码",
    about: "user",
    data: z.strictObject({ userId: id }),
    audience: { resident: ["userId"] },
    stale: record,
  }),
  "login.succeeded": defineEvent({
    label: "登录",
    about: "login",
    data: z.strictObject({
      how: z.enum(["password", "phone", "wechat"]),
      userId: id,
      account: z.string().nullable().describe("the name of the person, of the staff"),
      device: z.string().nullable(),
      from: z.string().describe("the network"),
    }),
    stale: ["GET /api/audit"],
  }),
  "login.failed": defineEvent({
    label: "登录失败",
    about: "login-failure",
    data: z.strictObject({
      how: z.enum(["password", "phone", "second_factor"]),
      known: z.boolean().describe("it is somebody's account"),
      account: z.string().nullable().describe("the name of its holder, of the staff"),
      from: z.string().describe("the network"),
    }),
    audience: { resident: ["how", "known", "account", "from"] },
    stale: record,
  }),
};
