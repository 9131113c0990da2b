import { type Browser, type BrowserContext, type Page, chromium } from "playwright-core";
import { ensureChromium } from "../../tools/chromium.ts";

/** Chromium flags for a closed network and for root. */
const args = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
]; // prettier-ignore

/** Starts a headless Chromium. */
export const openBrowser = async (): Promise<Browser> =>
  chromium.launch({ executablePath: await ensureChromium(), headless: true, args });

const china = { locale: "zh-CN", timezoneId: "Asia/Shanghai", reducedMotion: "reduce" } as const;

/** The context of a phone: 390 × 844, with touch. */
export const phoneContext = (browser: Browser): Promise<BrowserContext> =>
  browser.newContext({
    ...china,
    viewport: { width: 390, height: 844 },
    deviceScaleFactor: 2,
    hasTouch: true,
    isMobile: true,
  });

/** The context of a desktop: 1440 × 900. */
export const deskContext = (browser: Browser): Promise<BrowserContext> =>
  browser.newContext({ ...china, viewport: { width: 1440, height: 900 } });

/** Collects errors of scripts and of the console in a page. */
export function faultsOf(page: Page): string[] {
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(message.text());
  });
  return faults;
}
