import { type Options, selectAll } from "css-select";

/** The page or custom component that has the handlers of a template. */
export interface Owner {
  /** The path without extension. */
  path: string;
  self: Record<string, unknown>;
}

export type Attribute = string | number | boolean | undefined;

/** An element of a rendered page. */
export interface Element {
  tag: string;
  /** For a custom component its properties, whose values may be of any type. */
  attributes: Readonly<Record<string, Attribute>>;
  children: readonly Node[];
  parent: Element | null;
  owner: Owner;
}
export type Node = Element | { text: string; parent: Element | null };

export const isElement = (node: Node): node is Element => "tag" in node;

/** Inline elements; all others begin a new line. */
const inline = new Set(["text", "image", "input", "icon"]);

/** The text of a node, one line for each block, like `innerText`. */
export function textOf(node: Node): string {
  const write = (one: Node): string => {
    if (!isElement(one)) return one.text;
    const words = one.children.map(write).join("");
    return inline.has(one.tag) ? words : `\n${words}\n`;
  };
  return write(node).replaceAll(/\n+/g, "\n").trim();
}

/** The element and its ancestors, from the inside out. */
export function pathOf(element: Element): Element[] {
  const above: Element[] = [];
  for (let at: Element | null = element; at !== null; at = at.parent) above.push(at);
  return above;
}

const attributeOf = (element: Element, name: string): string | undefined => {
  const value = element.attributes[name];
  return value === undefined ? undefined : String(value);
};

const adapter: Options<Node, Element>["adapter"] = {
  isTag: isElement,
  getName: (element) => element.tag,
  getChildren: (node) => (isElement(node) ? [...node.children] : []),
  getParent: (node) => node.parent,
  getSiblings: (node) => [...(node.parent?.children ?? [node])],
  getText: textOf,
  getAttributeValue: attributeOf,
  hasAttrib: (element, name) => element.attributes[name] !== undefined,
  removeSubsets: (nodes) => nodes,
};

/** The elements under `within` that match a CSS selector, in order. */
export const select = (selector: string, within: Element): Element[] =>
  selectAll<Node, Element>(selector, [...within.children], { adapter, xmlMode: true, cacheResults: false });

/** The node as markup. */
export function markupOf(node: Node): string {
  if (!isElement(node)) return node.text;
  const attributes = Object.entries(node.attributes).map(([name, value]) => ` ${name}="${String(value)}"`);
  return `<${node.tag}${attributes.join("")}>${node.children.map(markupOf).join("")}</${node.tag}>`;
}
