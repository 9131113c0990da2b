import type { Artefact } from "../artefact.ts";
import { type Maker, Refusal } from "./api.ts";
import type { Privacy } from "./privacy.ts";

interface Needs {
  artefact: Artefact;
  privacy: Privacy;
  inTap: () => boolean;
  /** Returns a code as WeChat gives it for this person. */
  code: (what: "login" | "phone") => Promise<string>;
}

/** The most templates that older base libraries accept in one question. */
const MAX_TEMPLATES = 3;

/** The functions that need the person: identity, photos, location, consent to messages. */
export function personApi(make: Maker, { artefact, privacy, inTap, code }: Needs): Record<string, unknown> {
  const tap = (): void => {
    if (!inTap()) throw new Refusal("can only be invoked by user TAP gesture.");
  };
  const declared = (name: string) => (): void => {
    if (artefact.app.requiredPrivateInfos?.includes(name)) return;
    throw new Refusal(`the api need to be declared in the requiredPrivateInfos field in app.json/ext.json`);
  };
  const agreed = (name: string) => async (): Promise<void> => privacy.ensure(name);

  /** A picker, which the person cancels unless a test mocks the choice. */
  const picker = (name: string, ...checks: (() => unknown)[]) =>
    make.async(
      name,
      () => {
        throw new Refusal("cancel");
      },
      { checks: [...checks, agreed(name)] },
    );

  return {
    login: make.async("login", async () => ({ code: await code("login") })),
    checkSession: make.async("checkSession", () => undefined),
    getSetting: make.async("getSetting", () => ({ authSetting: {}, subscriptionsSetting: { mainSwitch: true } })),
    chooseMedia: picker("chooseMedia", tap),
    chooseImage: picker("chooseImage", tap),
    getLocation: picker("getLocation", declared("getLocation")),
    getFuzzyLocation: picker("getFuzzyLocation", declared("getFuzzyLocation")),
    chooseLocation: picker("chooseLocation", declared("chooseLocation"), tap),
    choosePoi: picker("choosePoi", declared("choosePoi"), tap),
    chooseAddress: picker("chooseAddress", declared("chooseAddress"), tap),
    setClipboardData: make.async("setClipboardData", () => undefined, { checks: [agreed("setClipboardData")] }),
    // The person picks a chat. A test's mock receives what was sent.
    shareFileMessage: make.async("shareFileMessage", () => undefined, { checks: [tap] }),
    requestSubscribeMessage: make.async(
      "requestSubscribeMessage",
      ({ tmplIds }) => {
        const ids = Array.isArray(tmplIds) ? (tmplIds as string[]) : [];
        if (ids.length === 0) throw new Refusal("tmplIds can't be empty", 10001);
        if (ids.length > MAX_TEMPLATES) throw new Refusal("Templates count out of max bounds", 20003);
        return Object.fromEntries(ids.map((id) => [id, "accept"]));
      },
      { checks: [tap] },
    ),
  };
}
