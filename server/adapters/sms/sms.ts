import type { Logger } from "pino";
import { maskPhone } from "../../core/domain/privacy/mask.ts";
import { refuse } from "../../kernel/errors.ts";

/** The length of one text message. A longer text is sent, and charged, as several. */
export const SMS_CHARACTERS = 70;

/** Sends text messages. */
export interface Sms {
  /** Sends a login code. Throws `sms.unavailable` when the carrier did not accept it. */
  sendCode(phone: string, code: string): Promise<void>;
  /** Sends a message of at most 70 characters. `failed`: it was certainly not accepted; `unknown`: it may have been. */
  sendText(phone: string, text: string): Promise<"sent" | "failed" | "unknown">;
}

/** For development: writes messages to the server's own log, with masked phone numbers. */
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

/** For installations without an SMS provider: refuses codes and messages. Users then log in through WeChat. */
export function createNoSms(): Sms {
  return { sendCode: async () => refuse("sms.unavailable"), sendText: async () => "failed" };
}
