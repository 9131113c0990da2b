import { z } from "zod";
import { purposes } from "../../core/domain/notify/messages.ts";
import { isField } from "../../core/domain/community/template-fields.ts";

/** The values that a template's field may show. None is personal data of a resident. */
export const fieldValues = ["no", "service", "status", "handler", "at", "due", "hint"] as const;
export type FieldValue = (typeof fieldValues)[number];

const Field = z.string().refine(isField, "字段名应为微信的种类加编号，例如 thing1、time2");

/** The templates registered with WeChat, by purpose: the id, and the value of each field. */
export const Templates = z.partialRecord(
  z.enum(purposes),
  z.object({ id: z.string().min(1).max(100), fields: z.record(Field, z.enum(fieldValues)) }),
);
export type Templates = z.infer<typeof Templates>;

/** The templates of the fake, for development. */
export const developmentTemplates: Templates = {
  accepted: {
    id: "dev-accepted",
    fields: { character_string1: "no", thing2: "service", name3: "handler", time4: "at", thing5: "hint" },
  },
  question: { id: "dev-question", fields: { character_string1: "no", thing2: "service", phrase3: "status", thing4: "hint" } },
  resolved: {
    id: "dev-resolved",
    fields: { character_string1: "no", thing2: "service", phrase3: "status", time4: "at", thing5: "hint" },
  },
  assigned: {
    id: "dev-assigned",
    fields: { character_string1: "no", thing2: "service", phrase3: "status", time4: "due", thing5: "hint" },
  },
  offered: {
    id: "dev-offered",
    fields: { character_string1: "no", thing2: "service", phrase3: "status", time4: "due", thing5: "hint" },
  },
  due: {
    id: "dev-due",
    fields: { character_string1: "no", thing2: "service", phrase3: "status", time4: "due", thing5: "hint" },
  },
}; // prettier-ignore
