import { type Answer, ok, refusal } from "./answer.ts";

/** A subscribe message that was delivered. */
export interface Delivered {
  openid: string;
  templateId: string;
  page: string | null;
  data: Readonly<Record<string, string>>;
}

/** The body of a valid call. */
interface Message {
  touser: string;
  template_id: string;
  page: string | null;
  data: Record<string, { value?: unknown }>;
}

/** The values that each kind of field allows. The kind is the field's name without its number. */
const kinds: Readonly<Record<string, RegExp>> = {
  thing: /^.{1,20}$/su,
  number: /^[\d.]{1,32}$/,
  letter: /^[a-zA-Z]{1,32}$/,
  symbol: /^\P{L}{1,5}$/u,
  character_string: /^[\x20-\x7E]{1,32}$/,
  time: /^.{1,24}\d.{0,24}$/u,
  date: /^.{1,24}\d.{0,24}$/u,
  amount: /^[¥$]?[\d.]{1,12}.{0,2}$/u,
  phone_number: /^[\d+*-]{1,17}$/,
  car_number: /^.{1,8}$/u,
  name: /^(\p{Script=Han}{1,10}|[\x20-\x7E]{1,20})$/u,
  phrase: /^\p{Script=Han}{1,5}$/u,
};

/**
 * Fakes `/cgi-bin/message/subscribe/send`: checks templates, field limits and consents, of which each message uses one.
 */
export function createFakeSubscriptions(known: (openid: string) => boolean) {
  const templates = new Map<string, readonly string[]>();
  const consents = new Map<string, number>();
  const delivered: Delivered[] = [];
  const nameOf = (openid: string, templateId: string): string => `${openid} ${templateId}`;

  function fieldFault(fields: readonly string[], data: Record<string, { value?: unknown }>): string | null {
    for (const field of fields) {
      const value = data[field]?.value;
      if (typeof value !== "string" || value === "") return `data.${field}.value is empty`;
      const kind = /^([a-z_]+)\d*$/.exec(field)?.[1] ?? "";
      if (!kinds[kind]?.test(value)) return `data.${field}.value invalid`;
    }
    return null;
  }

  return {
    delivered,
    templates,
    /** Records that the user accepts `messages` messages of the template. */
    grant(openid: string, templateId: string, messages = 1): void {
      const name = nameOf(openid, templateId);
      consents.set(name, (consents.get(name) ?? 0) + messages);
    },
    send(body: Answer): Answer {
      const { touser, template_id: templateId, page = null, data = {} } = body as Partial<Message>;
      if (touser === undefined || !known(touser)) return refusal(40003, "invalid openid");
      const fields = templateId && templates.get(templateId);
      if (!templateId || !fields) return refusal(40037, "invalid template_id");
      if (page !== null && !/^(pages|subpackages)\/[\w/-]+(\?.*)?$/.test(page)) return refusal(41030, "invalid page");
      const fault = fieldFault(fields, data);
      if (fault) return refusal(47003, `argument invalid! ${fault}`);
      const name = nameOf(touser, templateId);
      const left = consents.get(name) ?? 0;
      if (left < 1) return refusal(43101, "user refuse to accept the msg");
      consents.set(name, left - 1);
      const values = Object.entries(data).map(([field, { value }]) => [field, value]);
      delivered.push({ openid: touser, templateId, page, data: Object.fromEntries(values) as Record<string, string> });
      return ok({ msgid: delivered.length });
    },
  };
}
