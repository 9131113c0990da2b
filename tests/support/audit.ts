import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import type { AxeResults } from "axe-core";

/** The minimum sizes of text and touch targets, px. */
export interface Sizes {
  text: number;
  target: number;
}

/** The sizes that the two modes of the app promise (适老化). */
export const accessibilityTargets: Readonly<Record<"standard" | "large", Sizes>> = {
  standard: { text: 14, target: 48 },
  large: { text: 18, target: 60 },
};

/**
 * Finds text that is too small or too pale and touch targets that are too small, from computed styles and boxes of all
 * visible elements. One line per finding.
 */
export const audit = (page: Page, sizes: Sizes): Promise<string[]> => page.evaluate(look, sizes);

/** Runs in the page, so it can use nothing from outside of it. */
function look(sizes: Sizes): string[] {
  type Colour = readonly [red: number, green: number, blue: number, alpha: number];
  const found = new Set<string>();

  const colourOf = (said: string): Colour => {
    const [red = 0, green = 0, blue = 0, alpha = 1] = (said.match(/[\d.]+/g) ?? []).map(Number);
    return [red, green, blue, alpha];
  };
  const over = (top: Colour, below: Colour): Colour => {
    const mix = (at: 0 | 1 | 2): number => top[at] * top[3] + below[at] * (1 - top[3]);
    return [mix(0), mix(1), mix(2), 1];
  };
  /** The colour behind an element: the backgrounds of its ancestors, blended on white. */
  const groundOf = (element: Element | null): Colour =>
    element === null
      ? [255, 255, 255, 1]
      : over(colourOf(getComputedStyle(element).backgroundColor), groundOf(element.parentElement));
  const light = (colour: Colour): number => {
    const part = (at: 0 | 1 | 2): number => {
      const value = colour[at] / 255;
      return value <= 0.040_45 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    };
    return 0.2126 * part(0) + 0.7152 * part(1) + 0.0722 * part(2);
  };
  const opacityOf = (element: Element | null): number =>
    element === null ? 1 : Number(getComputedStyle(element).opacity) * opacityOf(element.parentElement);
  const contrast = (colour: Colour, element: Element): number => {
    const ground = groundOf(element);
    const seen = over([colour[0], colour[1], colour[2], colour[3] * opacityOf(element)], ground);
    const [high = 0, low = 0] = [light(seen), light(ground)].toSorted((a, b) => b - a);
    return (high + 0.05) / (low + 0.05);
  };
  const visible = (element: Element): boolean =>
    element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
    element.getBoundingClientRect().height > 0;
  const name = (element: Element): string =>
    `${element.className || element.tagName} “${(element.textContent || element.getAttribute("aria-label") || "").slice(0, 16)}”`;
  const readable = (element: Element, style: CSSStyleDeclaration, what: string): void => {
    const size = Number.parseFloat(style.fontSize);
    if (size < sizes.text) found.add(`${size}px ${what}`);
    const ratio = contrast(colourOf(style.color), element);
    if (ratio < 4.5) found.add(`${ratio.toFixed(2)}:1 ${what}`);
  };

  for (const element of document.querySelectorAll("body *")) {
    if (!visible(element)) continue;
    const speaks = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim());
    if (speaks) readable(element, getComputedStyle(element), name(element));
    if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) {
      readable(element, getComputedStyle(element), `input ${element.placeholder}`);
      readable(element, getComputedStyle(element, "::placeholder"), `placeholder ${element.placeholder}`);
    }
    if (element.matches(".icon")) {
      const ratio = contrast(colourOf(getComputedStyle(element).color), element.parentElement ?? element);
      if (ratio < 3) found.add(`${ratio.toFixed(2)}:1 ${name(element)}`);
    }
    if (element.matches("[role=button], [role=tab], [role=switch], button, a[href], input, textarea")) {
      // A native field fills its drawn frame, which is the touch target.
      const { width, height } = (element.closest(".input, .textarea") ?? element).getBoundingClientRect();
      const least = Math.min(width, height);
      if (least < sizes.target - 0.5) found.add(`${Math.round(width)}×${Math.round(height)} ${name(element)}`);
    }
  }
  return [...found];
}

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Only violations are described and brought here: all that axe has passed is many times as much. */
const violationsOnly = `axe.run({ resultTypes: ["violations"], preload: false }).then(({ violations }) => violations)`;

/** Axe's serious and critical findings on the page, one line each. */
export async function seriousFindings(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const violations = (await page.evaluate(violationsOnly)) as AxeResults["violations"];
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id}: ${help}: ${html.slice(0, 160)}`));
}

/** How much wider the page is than its window, px. Taro's pages scroll in their own element. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll(".taro_page")].reduce(
      (most, { scrollWidth, clientWidth }) => Math.max(most, scrollWidth - clientWidth),
      0,
    ),
  );
