import { type Artefact, openArtefact } from "./artefact.ts";
import { pressOpenButton } from "./buttons.ts";
import { type Events, createEvents } from "./events.ts";
import { type Log, createLog } from "./log.ts";
import { createModules } from "./modules.ts";
import { type Realm, createRealm, timersFor } from "./realm.ts";
import { type Page, type Stack, createStack } from "./stack.ts";
import type { Element, Owner } from "./tree.ts";
import { createView } from "./view.ts";
import { type Maker, createMaker } from "./wx/api.ts";
import { type Connectivity, createConnectivity } from "./wx/connectivity.ts";
import { deviceApi } from "./wx/device.ts";
import { type Dialogs, createDialogs } from "./wx/dialogs.ts";
import type { Domains } from "./wx/domains.ts";
import { createFiles } from "./wx/files.ts";
import { navigationApi } from "./wx/navigation.ts";
import { networkApi } from "./wx/network.ts";
import { personApi } from "./wx/person.ts";
import { createPrivacy } from "./wx/privacy.ts";
import { screenApi } from "./wx/screen.ts";
import { socketApi } from "./wx/sockets.ts";
import { storageApi } from "./wx/storage.ts";
import { declaredMembers } from "./wx/typings.ts";
import { createWx } from "./wx/wx.ts";

export interface HostOptions extends Domains {
  /** The built mini-program. */
  dir: string;
  /** The page that the app is opened at; by default its first. */
  launch?: string;
  /** How far its clock is ahead of the real one, ms. */
  ahead?: number;
  /** Returns a code as WeChat gives it for this person. */
  code: (what: "login" | "phone") => Promise<string>;
}

/** A phone with WeChat, which has this mini-program open. */
export interface Host {
  artefact: Artefact;
  log: Log;
  realm: Realm;
  stack: Stack;
  events: Events;
  dialogs: Dialogs;
  connectivity: Connectivity;
  make: Maker;
  /** Calls a function of `wx` as a script of the app. */
  call(method: string, args: unknown[]): unknown;
  /** The rendered tree of a page. */
  show(page: Page): Element;
  tap(element: Element): void;
}

/** Opens the mini-program: runs its app.js and shows its first page. Errors of the app go to the log. */
export function openHost(options: HostOptions): Host {
  const log = createLog();
  const artefact = openArtefact(options.dir);
  const realm = createRealm("app", log);
  realm.goAhead(options.ahead ?? 0);
  const modules = createModules(artefact, realm);
  const stack = createStack(artefact, realm, modules, log);
  const events = createEvents(stack, log);
  const dialogs = createDialogs();
  const make = createMaker(realm);
  const files = createFiles(realm);
  const connectivity = createConnectivity(make, realm);
  const privacy = createPrivacy(make, realm, dialogs);
  const path = options.launch ?? artefact.pages[0] ?? "";
  const launch = { path, query: {}, scene: 1001, referrerInfo: {} };
  const { functions } = declaredMembers();

  const wx = createWx(
    {
      ...deviceApi(make, realm, launch, (name) => functions.has(name)),
      ...connectivity.api,
      ...files.api,
      ...navigationApi(make, stack),
      ...networkApi(make, options, files, log),
      ...personApi(make, { artefact, privacy, inTap: events.inTap, code: options.code }),
      ...privacy.api,
      ...screenApi(make, realm, dialogs),
      ...socketApi(make, realm, options, log),
      ...storageApi(make, realm, new Map()),
      // Taro checks whether WeChat's cloud exists; the app does not use it.
      cloud: undefined,
    },
    realm,
  );

  let app: Owner = { path: "app", self: {} };
  realm.give({
    ...timersFor(realm),
    wx,
    App: (config: Record<string, unknown>) => {
      app = { path: "app", self: config };
    },
    Page: stack.register,
    Component: stack.register,
    getApp: () => app.self,
    getCurrentPages: () => stack.pages.map(({ self }) => self),
  });

  const view = createView(artefact, log, (component, properties) => {
    const { methods = {} } = stack.component(component) as { methods?: Record<string, unknown> };
    return { path: component, self: { ...methods, data: properties, properties } };
  });

  const shown = new WeakMap<Page, { version: number; root: Element }>();
  /** Renders a page lazily: only when it is read after a change. */
  function show(page: Page): Element {
    const version = page.data.version();
    const known = shown.get(page);
    if (known?.version === version) return known.root;
    const root = view.render(page, page.data.shown);
    shown.set(page, { version, root });
    return root;
  }

  realm.guard(() => modules.load("app.js"));
  stack.call(app, "onLaunch", launch);
  stack.call(app, "onShow", launch);
  stack.reLaunch(`/${path}`).catch((error: unknown) => {
    if (typeof app.self["onPageNotFound"] === "function")
      stack.call(app, "onPageNotFound", { path, query: {}, isEntryPage: true });
    else log.fault(error);
  });

  return {
    artefact,
    log,
    realm,
    stack,
    events,
    dialogs,
    connectivity,
    make,
    call: (method, args) => Reflect.apply(wx[method] as () => unknown, wx, realm.own(args)),
    show,
    tap(element) {
      events.tap(element);
      void pressOpenButton(element, events, privacy, options.code);
    },
  };
}
