import type { Logger } from "pino";
import { maskPhone } from "../../core/domain/privacy/mask.ts";
import { refuse } from "../../kernel/errors.ts";

/** One text message: 70 characters; a longer one is sent, and paid, as several. */
export const SMS_CHARACTERS = 70;

/** Sends text messages. */
export interface Sms {
  /** Sends a login code. Throws `sms.unavailable` when it could not be handed over. */
  sendCode(phone: string, code: string): Promise<void>;
  /**
   * Sends a message of at most 70 characters. `failed`: it was certainly not handed over; `unknown`: it may have
   * been.
   */
  sendText(phone: string, text: string): Promise<"sent" | "failed" | "unknown">;
}

/** Development: what would be sent goes to the server's own log, the phone masked. */
export function createDevelopmentSms(log: Logger): Sms {
  return {
    async sendCode(phone, code) {
      log.info({ phone: maskPhone(phone), code }, "sms: login code (development, not sent)");
    },
    async sendText(phone, text) {
      log.info({ phone: maskPhone(phone), text }, "sms: message (development, not sent)");
      return "sent";
    },
  };
}

/** No contract with a sender: says so, and people log in through WeChat. */
export function createNoSms(): Sms {
  return { sendCode: async () => refuse("sms.unavailable"), sendText: async () => "failed" };
}
