import { systemClock } from "../../server/kernel/clock.ts";
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { afterAll, vi } from "vitest";
import { openTemplateWorld, templateTime } from "./demo-template.ts";
import { type SeededWorld, openSeededWorld, phoneOf } from "./seeded-world.ts";
import { type Phone, phoneOn } from "./weapp-phone.ts";
import { builtFor, devtools, runWeapp } from "./weapp-process.ts";

interface PhoneOptions {
  /** The built mini-program, or a deliberately broken copy for tests of the tests. */
  dir?: string;
  /** The longest wait for anything, ms. */
  patience?: number;
  /** The phone number that WeChat has of the phone's owner. */
  number?: string;
  /** The page that the app is opened at, as by an old link. */
  launch?: string;
}

/** The whole product with its demo data, and phones with the built mini-program. */
export interface WeappWorld extends SeededWorld {
  /** Opens a phone. With a name, it is bound to that demo account's number. It is closed after the file's tests. */
  phone(name: string | null, options?: PhoneOptions): Promise<Phone>;
  /** Sets the time of the server and of every phone; the clocks run on from there. */
  becomes(at: string): void;
}

export const weappDir = join(import.meta.dirname, "../../dist/weapp");

/**
 * Opens a world for the calling test file. Phones have running clocks, so the server has one, too. It starts at `at`,
 * by
 * default in the evening of the demo data. With WeChat's developer tools phones have the real time, so the clock starts
 * now, and a cadre is put on duty whatever the time is.
 */
export async function openWeappWorld(at?: string): Promise<WeappWorld> {
  const start = at === undefined ? templateTime : new Date(at);
  let ahead = devtools ? 0 : start.getTime() - Date.now();
  const clock = { now: () => new Date(Date.now() + ahead) };
  const options = { clock, leaseClock: systemClock, port: devtools ? Number(new URL(builtFor).port) : 0 };
  const copied = at === undefined && !devtools;
  const world = await (copied ? openTemplateWorld(options) : openSeededWorld(options));
  if (devtools) await world.putOnDuty("林晓慧");
  const phones: Phone[] = [];
  afterAll(() => Promise.all(phones.map((phone) => phone.stop())));

  return {
    ...world,
    becomes(time) {
      ahead = new Date(time).getTime() - Date.now();
      for (const phone of phones) phone.goAhead(ahead);
    },
    async phone(name, { dir = weappDir, patience, number, launch } = {}) {
      const openid = `o-${randomUUID()}`;
      const code = (what: "login" | "phone"): string => {
        if (what === "login") return world.wechat.issueCode(openid);
        if (number !== undefined) return world.wechat.issuePhoneCode(number);
        throw new Error("this person shares no number");
      };
      const phone = phoneOn(await runWeapp({ dir, server: world.base, code, launch, ahead }), patience);
      phones.push(phone);
      if (name !== null) await bind(phone, name, patience);
      return phone;
    },
  };
}

/** Logs in by WeChat and binds the number, which makes the phone's owner the demo person. */
async function bind(phone: Phone, name: string, patience?: number): Promise<void> {
  await phone.open("/pages/me/index");
  await phone.tap("绑定手机号");
  await phone.at("pages/login/index");
  await phone.write("11 位手机号", phoneOf(name));
  await phone.tap("发验证码");
  await phone.sees(/验证码是 \d{6}/);
  await phone.tap("绑定");
  await vi.waitFor(async () => {
    if ((await phone.page()).path === "pages/login/index") throw new Error(await phone.reads());
  }, patience ?? 20_000);
}
