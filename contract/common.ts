import { z } from "zod";

export const roles = ["resident", "cadre", "partner", "committee", "supervisor", "admin"] as const;
export const Role = z.enum(roles);
export type Role = z.infer<typeof Role>;

/**
 * Text of one form, at most `max` characters. Its length is checked first: no pattern runs over a text that is too
 * long to fit it.
 */
export const pattern = (regex: RegExp, max: number, says?: string) =>
  z
    .string()
    .max(max, { abort: true, ...(says && { error: says }) })
    .regex(regex, says);

/** A stored object's id: 24 hex digits. */
export const Id = pattern(/^[0-9a-f]{24}$/, 24, "24 位十六进制编号");
/** A community's id is a readable word, e.g. `xiziwan`. */
export const CommunityId = pattern(/^[a-z][a-z0-9-]{1,39}$/, 40);
/** An instant, ISO 8601 with offset; replies are in UTC. */
export const Instant = z
  .string()
  .max(40, { abort: true })
  .check(z.iso.datetime({ offset: true }));
/** A civil day in Asia/Shanghai. */
export const Day = z.string().max(10, { abort: true }).check(z.iso.date());
/** Free text: trimmed, without control characters other than line feed and tab, at least one character. */
export const text = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max, { abort: true })
    // oxlint-disable-next-line no-control-regex -- control characters are what is refused here
    .regex(/^[^\u0000-\u0008\u000B-\u001F\u007F]*$/u, "不能含控制字符");
/** A mobile number of mainland China, as typed: 11 digits. */
export const Phone = pattern(/^1[3-9]\d{9}$/, 11, "11 位手机号");
export const ServiceCode = pattern(/^[a-z][a-z0-9-]{1,39}$/, 40);

/** When somebody is at home. Without `to` it has no end. */
export const TimeWindow = z.object({
  label: text(40).describe("in words, for what has no `from`: 周六上午，请先打电话"),
  from: Instant.optional(),
  to: Instant.optional(),
});

export const IdParams = z.object({ id: Id });
export const CommunityParams = z.object({ id: CommunityId });

/** The query of every list. `cursor` is the opaque `nextCursor` of the previous page. */
export const PageQuery = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});

export const page = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });

/** The envelope of errors. `message` is a sentence in the caller's language that names a next step. */
export const ErrorEnvelope = z
  .object({
    error: z.object({
      code: z.string(),
      message: z.string(),
      details: z.record(z.string(), z.unknown()),
      requestId: z.string(),
    }),
  })
  .meta({ id: "Error" });
export type ErrorEnvelope = z.infer<typeof ErrorEnvelope>;

/**
 * A stored picture. `url` is signed and valid for ten minutes; an `<image>` can show it without a token. It is empty
 * when the caller may not see the picture. While the picture is being checked, only its sender may see it. When it was
 * rejected, nobody may.
 */
export const FileRef = z
  .object({
    id: Id,
    url: z.string(),
    width: z.number().int(),
    height: z.number().int(),
    check: z
      .enum(["passed", "checking", "rejected"])
      .describe("passed: everybody sees it; checking: 审核中; rejected: 未通过, for its sender only"),
  })
  .meta({ id: "File" });
export type FileRef = z.infer<typeof FileRef>;

/** A cadre as residents see one (亮身份). `dutyPhone` is the phone of the post, never a personal one. */
export const CadreCard = z
  .object({
    id: Id,
    name: z.string(),
    title: z.string(),
    positions: z.array(z.string()),
    photoUrl: z.string().nullable(),
    dutyPhone: z.string().nullable(),
    onDutyUntil: Instant.nullable(),
  })
  .meta({ id: "CadreCard" });
export type CadreCard = z.infer<typeof CadreCard>;

/** What is edited as a whole is read with its revision, and sent back with the one that was read. */
export const Revision = z.string().max(40).describe("of what was read; an edit of something else is `edit.outdated`");
