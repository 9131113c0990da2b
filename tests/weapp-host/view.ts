import type { Artefact } from "./artefact.ts";
import { compileTemplates } from "./compile.ts";
import type { Log } from "./log.ts";
import { createRealm } from "./realm.ts";
import type { Attribute, Element, Node, Owner } from "./tree.ts";

/** The output of wcc's script for a template and data. */
type Raw = string | { tag: string; attr?: Record<string, Attribute>; children?: Raw[] };
type Render = (data: unknown, old: object, global: object) => Raw;

/** WeChat's view layer: it has the templates and a copy of the data, and none of the app's scripts. */
export interface View {
  /** Renders `owner`'s template with `data`, including custom components. */
  render(owner: Owner, data: unknown): Element;
}

/** Creates a view. `component` creates an instance of a custom component from its properties. */
export function createView(
  artefact: Artefact,
  log: Log,
  component: (path: string, properties: Record<string, unknown>) => Owner,
): View {
  // A missing template is only a warning in WeChat and an empty page for the person. Here it is an error.
  const realm = createRealm("view", {
    ...log,
    say: (type, ...args) => log.say(type === "warn" ? "error" : type, ...args),
  });
  realm.give({ window: {} });
  realm.run(compileTemplates(artefact.dir), "templates");
  const template = realm.run("(path) => $gwx(path)", "view") as (path: string) => Render | undefined;

  /** wcc's script checks constructors, so the data must be of the view's own realm. */
  function render(owner: Owner, data: unknown): Element {
    const make = template(`${owner.path}.wxml`) ?? template(`./${owner.path}.wxml`);
    if (!make) throw new Error(`${owner.path}.wxml is not there`);
    const root: Element = { tag: "page", attributes: {}, children: [], parent: null, owner };
    return { ...root, children: childrenOf(make(realm.own(data), {}, {}), root, artefact.componentsOf(owner.path)) };
  }

  function childrenOf(raw: Raw, parent: Element, components: Record<string, string>): Node[] {
    if (typeof raw === "string") return [{ text: raw, parent }];
    return (raw.children ?? []).flatMap((child): Node[] => {
      if (typeof child !== "object") return [{ text: child, parent }];
      if (child.tag === "virtual") return childrenOf(child, parent, components);
      return [elementOf(child, parent, components)];
    });
  }

  function elementOf(raw: Exclude<Raw, string>, parent: Element, components: Record<string, string>): Element {
    const { tag, attr = {} } = raw;
    const element = {
      tag: tag.replace(/^wx-/, ""),
      attributes: attr,
      children: [] as Node[],
      parent,
      owner: parent.owner,
    };
    const path = components[element.tag];
    if (path === undefined) element.children = childrenOf(raw, element, components);
    else {
      const owner = component(path, attr);
      const shadow = render(owner, owner.self["data"]);
      element.children = shadow.children.map((child) => Object.assign(child, { parent: element }));
    }
    return element;
  }

  return { render };
}
