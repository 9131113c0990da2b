import type { Realm } from "../realm.ts";
import { type Maker, Refusal } from "./api.ts";
import type { Dialogs } from "./dialogs.ts";

type Answer = (answer: { event: string; buttonId?: string }) => void;

/**
 * WeChat's consent to the privacy guide. An API that touches personal data waits for the person's consent, or fails.
 */
export interface Privacy {
  api: Record<string, unknown>;
  /** Resolves when the person has consented; rejects when they refuse. */
  ensure(name: string): Promise<void>;
  /** Taps a button with open-type "agreePrivacyAuthorization". */
  tapAgree(buttonId: string): void;
}

const GUIDE = "《店小二小程序隐私保护指引》";
const NOT_AUTHORIZED = 104;

export function createPrivacy(make: Maker, realm: Realm, dialogs: Dialogs): Privacy {
  let agreed = false;
  let listener: ((resolve: Answer, event: object) => void) | null = null;
  const tapped = new Set<string>();
  const waiting = new Set<(yes: boolean) => void>();

  function settle(yes: boolean): void {
    if (yes) agreed = true;
    for (const end of waiting) end(yes);
    waiting.clear();
  }

  /** Asks by the app's own sheet, or by WeChat's dialog when the app has none. */
  function ask(referrer: string): void {
    if (!listener) {
      void dialogs.ask("privacy").then(settle);
      return;
    }
    const tell = listener;
    realm.guard(() =>
      tell(({ event, buttonId = "" }) => {
        if (event === "agree" && !tapped.has(buttonId))
          throw realm.error(`resolve: no agree button "${buttonId}" was tapped`);
        if (event === "agree" || event === "disagree") settle(event === "agree");
      }, realm.own({ referrer })),
    );
  }

  async function ensure(name: string): Promise<void> {
    if (agreed) return;
    const answer = new Promise<boolean>((resolve) => waiting.add(resolve));
    // Several simultaneous calls ask once.
    if (waiting.size === 1) ask(name);
    if (!(await answer)) throw new Refusal("privacy permission is not authorized", NOT_AUTHORIZED);
  }

  return {
    ensure,
    tapAgree(buttonId) {
      tapped.add(buttonId);
      agreed = true;
    },
    api: {
      onNeedPrivacyAuthorization: (own: typeof listener) => void (listener = own),
      requirePrivacyAuthorize: make.async("requirePrivacyAuthorize", async () => ensure("requirePrivacyAuthorize")),
      getPrivacySetting: make.async("getPrivacySetting", () => ({
        needAuthorization: !agreed,
        privacyContractName: GUIDE,
      })),
      openPrivacyContract: make.async("openPrivacyContract", () => undefined),
    },
  };
}
