import { systemClock } from "../../server/kernel/clock.ts";
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { afterAll, vi } from "vitest";
import { type SeededWorld, openSeededWorld, phoneOf } from "./seeded-world.ts";
import { type Phone, phoneOn } from "./weapp-phone.ts";
import { builtFor, devtools, runWeapp } from "./weapp-process.ts";

interface PhoneOptions {
  /** The artefact; a copy that is broken on purpose when the tests themselves are tested. */
  dir?: string;
  /** How long it waits for anything, ms. */
  patience?: number;
  /** The number that WeChat knows of whoever holds it. */
  number?: string;
  /** The page that the app is opened at, as by an old link. */
  launch?: string;
}

/** The whole product with its demo data, and phones with the built mini-program. */
export interface WeappWorld extends SeededWorld {
  /**
   * A phone; with a name, of somebody who has bound that demo account's number on it. Closed after the file's tests.
   */
  phone(name: string | null, options?: PhoneOptions): Promise<Phone>;
  /** It is that time now, for the server and on every phone, and time goes on from there. */
  becomes(at: string): void;
}

export const weappDir = join(import.meta.dirname, "../../dist/weapp");

/**
 * Opens it for the test file that calls this. Phones have a real clock, so the server has one too; it runs from `at`,
 * otherwise from now, and then a cadre is put on duty whatever hour that is.
 */
export async function openWeappWorld(at?: string): Promise<WeappWorld> {
  let ahead = at === undefined ? 0 : new Date(at).getTime() - Date.now();
  const clock = { now: () => new Date(Date.now() + ahead) };
  const port = devtools ? Number(new URL(builtFor).port) : 0;
  const world = await openSeededWorld({ clock, leaseClock: systemClock, port });
  if (at === undefined) await world.putOnDuty("林晓慧");
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

/** WeChat says who somebody is without asking; their number makes them the demo's person. */
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
