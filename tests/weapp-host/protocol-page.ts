import type { Host } from "./host.ts";
import { pick } from "./page-data.ts";
import type { Method } from "./protocol-method.ts";
import type { Page } from "./stack.ts";
import { type Element, isElement, markupOf, select, textOf } from "./tree.ts";

interface OfPage {
  pageId: number;
}
interface OfElement extends OfPage {
  elementId: string;
}

/**
 * The methods of the domains Page and Element of the automator's protocol. Elements are identified by their id, which
 * all
 * elements of Taro have.
 */
export function pageMethods(host: Host): Record<string, Method> {
  const { stack, events, realm } = host;

  function page({ pageId }: OfPage): Page {
    const found = stack.pages.find(({ id }) => id === pageId);
    if (!found) throw new Error(`page ${pageId} is not open`);
    return found;
  }
  function element(of: OfElement): Element {
    const found = select(`[id="${of.elementId}"]`, host.show(page(of)))[0];
    if (!found) throw new Error(`the element ${of.elementId} is gone`);
    return found;
  }
  const describe = ({ tag, attributes }: Element): object => ({ elementId: attributes["id"], tagName: tag });

  function first(selector: string, within: Element): object {
    const found = select(selector, within)[0];
    if (!found) throw new Error(`no such element: ${selector}`);
    return describe(found);
  }
  const all = (selector: string, within: Element): object => ({ elements: select(selector, within).map(describe) });

  /** Types into a field: up to its maximum length. Throws when it is disabled. */
  function write(field: Element, text: string): void {
    if (field.attributes["disabled"] === true) throw new Error("the field is disabled");
    const most = Number(field.attributes["maxlength"] ?? 140);
    const value = most < 0 ? text : text.slice(0, most);
    for (const type of ["focus", "input", "blur"]) events.dispatch(field, type, { value, cursor: value.length });
  }

  const functions: Record<string, (field: Element, ...args: never[]) => void> = {
    "input.input": write,
    "textarea.input": write,
    "switch.tap": (field) => events.dispatch(field, "change", { value: field.attributes["checked"] !== true }),
  };

  /** The compiled name of an attribute: `wcc` writes `aria-label` as one word. */
  const compiled = (name: string): string => name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  const property = (of: Element, name: string): unknown =>
    name === "__propPublic"
      ? Object.fromEntries(Object.keys({ ...of.attributes, value: "" }).map((key) => [key, true]))
      : of.attributes[name];
  const dom = (of: Element, name: string): unknown => (name === "innerText" ? textOf(of) : null);

  return {
    "Page.getElement": (of: OfPage & { selector: string }) => first(of.selector, host.show(page(of))),
    "Page.getElements": (of: OfPage & { selector: string }) => all(of.selector, host.show(page(of))),
    "Page.getData": (of: OfPage & { path?: string }) => ({ data: pick(page(of).self["data"], of.path) }),
    "Page.setData": (of: OfPage & { data: Record<string, unknown> }) => page(of).data.setData(realm.own(of.data)),
    "Page.callMethod": async (of: OfPage & { method: string; args: unknown[] }) => {
      const { self } = page(of);
      const method = self[of.method];
      if (typeof method !== "function") throw new Error(`page.${of.method} not exists`);
      return { result: await Reflect.apply(method, self, realm.own(of.args)) };
    },
    "Element.getElement": (of: OfElement & { selector: string }) => first(of.selector, element(of)),
    "Element.getElements": (of: OfElement & { selector: string }) => all(of.selector, element(of)),
    "Element.getAttributes": (of: OfElement & { names: string[] }) => ({
      attributes: of.names.map(
        (name) => element(of).attributes[name] ?? element(of).attributes[compiled(name)] ?? null,
      ),
    }),
    "Element.getProperties": (of: OfElement & { names: string[] }) => ({
      properties: of.names.map((name) => property(element(of), name) ?? null),
    }),
    "Element.getDOMProperties": (of: OfElement & { names: string[] }) => ({
      properties: of.names.map((name) => dom(element(of), name)),
    }),
    "Element.getWXML": (of: OfElement & { type: "inner" | "outer" }) => {
      const found = element(of);
      return { wxml: of.type === "outer" ? markupOf(found) : found.children.filter(isElement).map(markupOf).join("") };
    },
    "Element.tap": (of: OfElement) => host.tap(element(of)),
    "Element.touchstart": (of: OfElement) => events.dispatch(element(of), "touchstart"),
    "Element.touchmove": (of: OfElement) => events.dispatch(element(of), "touchmove"),
    "Element.touchend": (of: OfElement) => events.dispatch(element(of), "touchend"),
    "Element.triggerEvent": (of: OfElement & { type: string; detail?: object }) =>
      events.dispatch(element(of), of.type, of.detail),
    "Element.dispatchEvent": (of: OfElement & { eventName: string; detail?: object }) =>
      events.dispatch(element(of), of.eventName, of.detail),
    "Element.callFunction": (of: OfElement & { functionName: string; args: never[] }) => {
      const run = functions[of.functionName];
      if (!run) throw new Error(`not answered by the host: ${of.functionName}`);
      run(element(of), ...of.args);
    },
  };
}
