import { vi } from "vitest";
import type { Running } from "./weapp-process.ts";

type Page = NonNullable<Awaited<ReturnType<Running["app"]["currentPage"]>>>;
type Element = NonNullable<Awaited<ReturnType<Page["$"]>>>;

/** Somebody's phone with the mini-program in front, used as a person uses it: by the words on it. */
export interface Phone extends Running {
  /** Every error of scripts and of the console so far. */
  faults: string[];
  /** The page in front. */
  page(): Promise<Page>;
  /** Opens an address as a tapped message or code would: nothing is behind it. */
  open(url: string): Promise<void>;
  /** Waits until the page in front is that one. */
  at(path: string): Promise<void>;
  /** Everything that the page in front says. */
  reads(): Promise<string>;
  /** Whatever can be tapped on the page in front, as a screen reader has it: its role, and its words or label. */
  pressables(): Promise<{ role: string; says: string }[]>;
  /** Waits until the page in front says so. */
  sees(words: string | RegExp): Promise<void>;
  /** Taps what says so: all of it for a text (one line of it is enough), a part for an expression. */
  tap(words: string | RegExp): Promise<void>;
  /** Taps the nth element of a selector, from 0: for what has no words. */
  tapAt(selector: string, nth: number): Promise<void>;
  /** Pulls the page in front down, to see what is new. */
  pullDown(): Promise<void>;
  /** Types into a field, by its placeholder; a long text's field by "textarea". */
  write(field: string, text: string): Promise<void>;
}

/** What can be tapped. */
const PRESSABLE = ".pressable, button";

/** `timeout`: how long it waits for anything, ms. */
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
  /** Tries again until it does not throw; says at the end what the page says instead. */
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

  /** The last that fits: a sheet lies over the page, and what is inside a row after it. */
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
