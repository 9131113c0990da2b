import type { Logger } from "pino";
import { maskPhone } from "../domain/mask.ts";
import { refuse } from "../domain/errors.ts";

/** Sends text messages. */
export interface Sms {
  /** Sends a login code. Throws `sms.unavailable` when it could not be handed over. */
  sendCode(phone: string, code: string): Promise<void>;
}

/** Development: the code goes to the server's own log, the phone masked. */
export function createDevelopmentSms(log: Logger): Sms {
  return {
    async sendCode(phone, code) {
      log.info({ phone: maskPhone(phone), code }, "sms: login code (development, not sent)");
    },
  };
}

/** No contract with a sender: says so, and people log in through WeChat. */
export function createNoSms(): Sms {
  return { sendCode: async () => refuse("sms.unavailable") };
}
