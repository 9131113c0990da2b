import type { Host } from "./host.ts";
import type { Emit, Method } from "./protocol-method.ts";
import type { Page } from "./stack.ts";

const describe = ({ id, path, query }: Page): object => ({ pageId: id, path, query });

/** The methods of the domains Tool and App of the automator's protocol. */
export function appMethods(host: Host, emit: Emit): Record<string, Method> {
  const { log, realm, stack, dialogs, make } = host;
  const script = (declaration: string): (() => unknown) => realm.run(`(${declaration})`, "automator") as () => unknown;
  let logging = false;

  const native: Record<string, () => void> = {
    confirmModal: () => dialogs.answer("modal", true),
    cancelModal: () => dialogs.answer("modal", false),
    authorizeAllow: () => dialogs.answer("privacy", true),
    authorizeCancel: () => dialogs.answer("privacy", false),
  };

  return {
    "Tool.getInfo": () => ({ SDKVersion: "3.5.8" }),
    "Tool.close": () => setImmediate(() => process.exit()),
    "Tool.native": ({ method }: { method: string }) => {
      const answer = native[method];
      if (!answer) throw new Error(`not answered by the host: native ${method}`);
      answer();
    },
    "App.exit": () => undefined,
    "App.getCurrentPage": () => {
      const page = stack.pages.at(-1);
      if (!page) throw new Error("no page is open");
      return describe(page);
    },
    "App.getPageStack": () => ({ pageStack: stack.pages.map(describe) }),
    "App.callWxMethod": async ({ method, args }: { method: string; args: unknown[] }) => ({
      result: await host.call(method, args),
    }),
    "App.callFunction": async ({ functionDeclaration, args }: { functionDeclaration: string; args: unknown[] }) => ({
      result: await Reflect.apply(script(functionDeclaration), undefined, realm.own(args)),
    }),
    "App.mockWxMethod": (mock: {
      method: string;
      result?: unknown;
      functionDeclaration?: string;
      args?: unknown[];
    }) => {
      const { method, result, functionDeclaration, args = [] } = mock;
      if (functionDeclaration === undefined) make.mock(method, result === undefined ? null : () => realm.own(result));
      else {
        const run = script(functionDeclaration);
        make.mock(method, function call(...given) {
          return Reflect.apply(run, this, [...given, ...realm.own(args)]);
        });
      }
    },
    "App.addBinding": ({ name }: { name: string }) =>
      realm.give({ [name]: (...args: unknown[]) => emit("App.bindingCalled", { name, args }) }),
    "App.enableLog": () => {
      if (logging) return;
      logging = true;
      log.onLine((line) => emit("App.logAdded", line));
      log.onFault((fault) => emit("App.exceptionThrown", fault));
    },
  };
}
