import type { Artefact } from "./artefact.ts";
import type { Log } from "./log.ts";
import type { Modules } from "./modules.ts";
import { type PageData, createPageData } from "./page-data.ts";
import type { Realm } from "./realm.ts";
import type { Owner } from "./tree.ts";

/** A page on the stack. `self` is the page's `this`. */
export interface Page extends Owner {
  id: number;
  query: Record<string, string>;
  data: PageData;
}

type Config = Record<string, unknown> & { data?: Record<string, unknown> };

/**
 * The page stack, from the bottom up. Navigation resolves when the new page is shown, or rejects with WeChat's message.
 */
export interface Stack {
  pages: readonly Page[];
  navigateTo(url: string): Promise<void>;
  redirectTo(url: string): Promise<void>;
  reLaunch(url: string): Promise<void>;
  navigateBack(delta: number): Promise<void>;
  /** Calls one of the page's own functions, such as onShow, if it exists. */
  call(page: Owner, method: string, ...args: unknown[]): void;
  /** `Page(config)` and `Component(config)`, which a script calls while it is loaded. */
  register(config: Config): void;
  /** Loads a custom component's script and returns its registered configuration. */
  component(path: string): Config;
}

/** The most pages that WeChat keeps on the stack. */
const MAX_PAGES = 10;

export function createStack(artefact: Artefact, realm: Realm, modules: Modules, log: Log): Stack {
  const pages: Page[] = [];
  const registered = new Map<string, Config>();
  let loading = "";
  let lastId = 0;

  /** The configuration of a page or component. Scripts of its components run first, as in WeChat. */
  function definition(path: string): Config {
    const known = registered.get(path);
    if (known) return known;
    for (const used of Object.values(artefact.componentsOf(path))) if (used !== path) definition(used);
    loading = path;
    modules.load(`${path}.js`);
    const config = registered.get(path);
    if (!config) throw realm.error(`${path}.js calls neither Page nor Component`);
    return config;
  }

  function call(page: Owner, method: string, ...args: unknown[]): void {
    const run = page.self[method];
    if (typeof run === "function") realm.guard(() => void Reflect.apply(run, page.self, realm.own(args)));
  }

  function parse(url: string): { path: string; query: Record<string, string> } {
    const [path = "", search = ""] = url.replace(/^\//, "").split("?");
    const pairs = search.split("&").filter((pair) => pair !== "");
    // Not decoded, because WeChat leaves decoding to the page.
    const query = Object.fromEntries(pairs.map((pair) => pair.split("=", 2) as [string, string]));
    if (!artefact.pages.includes(path)) throw new Error(`page "${url}" is not found`);
    return { path, query };
  }

  /**
   * Downloads a subpackage when its first page is opened. `preloadRule` starts downloads when another page is opened.
   */
  async function arrive(path: string): Promise<void> {
    const root = artefact.packageOf(path);
    if (root === "") return;
    await new Promise((resolve) => setImmediate(resolve));
    modules.admit(root);
  }

  async function create(url: string): Promise<Page> {
    const { path, query } = parse(url);
    await arrive(path);
    const config = definition(path);
    const self: Record<string, unknown> = Object.assign(realm.own({}), config);
    const own = realm.own(config.data ?? {});
    const data = createPageData(own, realm, log);
    const page = { id: ++lastId, path, query, data, self };
    Object.assign(self, { data: own, route: path, __route__: path, options: realm.own(query), setData: data.setData });
    return page;
  }

  /** Pushes a page and calls its first lifecycle functions. */
  function show(page: Page): void {
    pages.push(page);
    call(page, "onLoad", page.query);
    call(page, "onShow");
    setImmediate(() => call(page, "onReady"));
  }

  function remove(count: number): void {
    for (const page of pages.splice(pages.length - count, count).toReversed()) call(page, "onUnload");
  }

  const top = (): Page | undefined => pages.at(-1);
  const hideTop = (): void => {
    const page = top();
    if (page) call(page, "onHide");
  };

  return {
    pages,
    call,
    register: (config) => void registered.set(loading, config),
    component: definition,
    async navigateTo(url) {
      if (pages.length >= MAX_PAGES) throw new Error("webview count limit exceed");
      const page = await create(url);
      hideTop();
      show(page);
    },
    async redirectTo(url) {
      const page = await create(url);
      remove(1);
      show(page);
    },
    async reLaunch(url) {
      const page = await create(url);
      remove(pages.length);
      show(page);
    },
    async navigateBack(delta) {
      if (pages.length <= 1) throw new Error("cannot navigate back at first page.");
      remove(Math.min(delta, pages.length - 1));
      const page = top();
      if (page) call(page, "onShow");
    },
  };
}
