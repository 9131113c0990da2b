import { vi } from "vitest";
import type { Running } from "./weapp-process.ts";

type Page = NonNullable<Awaited<ReturnType<Running["app"]["currentPage"]>>>;
type Element = NonNullable<Awaited<ReturnType<Page["$"]>>>;

/** A phone with the mini-program in front, operated by the texts on its pages. */
export interface Phone extends Running {
  /** All errors of scripts and of the console so far. */
  faults: string[];
  /** The page in front. */
  page(): Promise<Page>;
  /** Opens an address with an empty page stack, as a tapped message or a scanned code does. */
  open(url: string): Promise<void>;
  /** Waits until the page in front has this path. */
  at(path: string): Promise<void>;
  /** The whole text of the page in front. */
  reads(): Promise<string>;
  /** The elements that can be tapped on the page in front, with role and text or label, as for a screen reader. */
  pressables(): Promise<{ role: string; says: string }[]>;
  /** Waits until the page in front contains the words. */
  sees(words: string | RegExp): Promise<void>;
  /**
   * Taps the element with the words. A string must be the whole text or one line of it; an expression may match a part.
   */
  tap(words: string | RegExp): Promise<void>;
  /** Taps the nth element of a selector, from 0, for elements without text. */
  tapAt(selector: string, nth: number): Promise<void>;
  /** Pulls the page in front down to refresh it. */
  pullDown(): Promise<void>;
  /** Types into a field, named by its placeholder; "textarea" names the text area. */
  write(field: string, text: string): Promise<void>;
}

/** The selector of elements that can be tapped. */
const PRESSABLE = ".pressable, button";

/** `timeout`: the longest wait for anything, ms. */
export function phoneOn(running: Running, timeout = 20_000): Phone {
  const { app } = running;
  const faults: string[] = [];
  app.on("exception", (fault: { message: string }) => faults.push(fault.message));
  app.on("console", ({ type, args }: { type: string; args: unknown[] }) => {
    if (type === "error") faults.push(args.join(" "));
  });

  async function page(): Promise<Page> {
    const found = await app.currentPage();
    if (!found) throw new Error("no page is open");
    return found;
  }
  /** Retries until `attempt` does not throw. On a timeout the error contains the page's text. */
  async function eventually<T>(what: string, attempt: () => Promise<T>): Promise<T> {
    try {
      return await vi.waitFor(attempt, { timeout, interval: 40 });
    } catch (error) {
      const says = await reads().catch(() => "(no page)");
      throw new Error(`${what}: ${String(error)}\n${faults.join("\n")}\nthe page says:\n${says}`, { cause: error });
    }
  }
  async function reads(): Promise<string> {
    const root = await (await page()).$(".page");
    return (await root?.text()) ?? "";
  }
  const fits = (said: string, words: string | RegExp): boolean =>
    typeof words === "string" ? said === words || said.split("\n").includes(words) : words.test(said);

  const says = async (element: Element): Promise<string> =>
    `${await element.text()}\n${(await element.attribute("aria-label")) ?? ""}`.trim();

  /** The last match, because a sheet lies over the page, and inner elements come after their row. */
  async function find(words: string | RegExp): Promise<Element> {
    const all = (await (await page()).$$(PRESSABLE)) as Element[];
    for (const element of all.toReversed()) {
      const off = ((await element.attribute("class")) ?? "").includes("--disabled");
      if (!off && fits(await says(element), words)) return element;
    }
    throw new Error(`nothing to tap says ${String(words)}`);
  }

  return {
    ...running,
    faults,
    page,
    reads,
    async pressables() {
      const all = (await (await page()).$$(".pressable")) as Element[];
      return Promise.all(
        all.map(async (element) => ({ role: await element.attribute("aria-role"), says: await says(element) })),
      );
    },
    async open(url) {
      await app.callWxMethod("reLaunch", { url });
      await this.at(url.slice(1).split("?")[0] ?? "");
    },
    at: (path) =>
      eventually(`waits for ${path}`, async () => {
        const found = (await page()).path;
        if (found !== path) throw new Error(`is at ${found}`);
      }),
    sees: (words) =>
      eventually(`looks for ${String(words)}`, async () => {
        const said = await reads();
        if (typeof words === "string" ? !said.includes(words) : !words.test(said)) throw new Error("not there");
      }),
    tap: (words) => eventually(`taps ${String(words)}`, async () => (await find(words)).tap()),
    tapAt: (selector, nth) =>
      eventually(`taps ${selector} ${nth}`, async () => {
        const element = ((await (await page()).$$(selector)) as Element[])[nth];
        if (!element) throw new Error("not there");
        await element.tap();
      }),
    async pullDown() {
      await (await page()).callMethod("onPullDownRefresh");
    },
    write: (field, text) =>
      eventually(`writes into ${field}`, async () => {
        const selector = field === "textarea" ? field : `input[placeholder="${field}"]`;
        const element = (await (await page()).$(selector)) as (Element & { input(text: string): Promise<void> }) | null;
        if (!element) throw new Error("no such field");
        await element.input(text);
      }),
  };
}
