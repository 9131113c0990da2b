import type { Content, TableCell } from "pdfmake/interfaces";

/** The width of the text area on A4, points. */
export const TEXT_WIDTH = 515;
const COUNTS_A_ROW = 6;
/** The horizontal padding of a table cell, points. */
const CELL_PADDING = 8;
/** A cell lower than this on screen has one line, px. */
const ONE_LINE_PX = 44;
/** A section lower than this on screen is kept on one page, px. */
const SHORT_PX = 480;
/** The text of an element as shown on screen, with white space collapsed. */
const wordsOf = (element: Element): string => (element as HTMLElement).innerText.replace(/\s+/g, " ").trim();

const shown = (element: Element): boolean => (element as HTMLElement).checkVisibility();
const all = <E extends Element = Element>(within: Element, what: string): E[] => [...within.querySelectorAll<E>(what)];

/**
 * Converts an article of the page to PDF content, so that paper and screen have the same text: headings, paragraphs,
 * tables, counts and charts, in order. Elements for the screen only (`details`, buttons) are left out.
 */
export function paperOf(article: Element): Content[] {
  return [...article.children].flatMap(contentOf);
}

function contentOf(element: Element): Content[] {
  const name = element.localName;
  if (name === "details" || name === "button") return [];
  if (name === "svg") return [drawing(element as SVGSVGElement)];
  if (!shown(element)) return [];
  if (name === "h2" || name === "h3") {
    return [{ text: wordsOf(element), style: element.closest("header") ? "title" : "heading" }];
  }
  if (name === "p") return [{ text: wordsOf(element), style: element.className.includes("code") ? "code" : "plain" }];
  if (name === "table") return [tableOf(element)];
  if (name === "dl") return [countsOf(element)];
  const inside = [...element.children].flatMap(contentOf);
  // A short section is not split between pages; a longer one may be.
  return name === "section" && element.clientHeight < SHORT_PX ? [{ stack: inside, unbreakable: true }] : inside;
}

/** Column widths in proportion to the screen. The widest column takes the remaining width. */
function widthsOf(row: Element | undefined): (number | "*")[] {
  const widths = [...(row?.children ?? [])].map((cell) => cell.getBoundingClientRect().width);
  const whole = widths.reduce((sum, width) => sum + width, 0);
  const widest = widths.indexOf(Math.max(...widths));
  return widths.map((width, n) =>
    n === widest ? "*" : Math.max(0, Math.floor((width / whole) * TEXT_WIDTH) - CELL_PADDING),
  );
}

function tableOf(table: Element): Content {
  const rows = all(table, "tr");
  return {
    table: {
      headerRows: all(table, "thead tr").length,
      dontBreakRows: true,
      widths: widthsOf(rows[0]),
      body: rows.map((row) =>
        [...row.children].map<TableCell>((cell) => ({
          text: wordsOf(cell),
          // A cell with one line on screen is not wrapped on paper, where letters are larger in proportion.
          noWrap: cell.clientHeight < ONE_LINE_PX,
          alignment: getComputedStyle(cell).textAlign === "right" ? "right" : "left",
          ...(cell.closest("thead") ? { style: "head" } : {}),
        })),
      ),
    },
    layout: "lightHorizontalLines",
    style: "table",
  };
}

function countsOf(list: Element): Content {
  const counts = [...list.children].map<TableCell>((pair) => {
    const [word, number] = [...pair.children].map(wordsOf);
    return {
      stack: [
        { text: word ?? "", style: "head" },
        { text: number ?? "", style: "count" },
      ],
    };
  });
  const rows = Array.from({ length: Math.ceil(counts.length / COUNTS_A_ROW) }, (_, n) => {
    const row = counts.slice(n * COUNTS_A_ROW, (n + 1) * COUNTS_A_ROW);
    return [...row, ...Array.from<TableCell>({ length: COUNTS_A_ROW - row.length }).fill("")];
  });
  return {
    table: { widths: Array.from<string>({ length: COUNTS_A_ROW }).fill("*"), body: rows, dontBreakRows: true },
    layout: "noBorders",
    style: "table",
  };
}

/** A chart as vector graphics, with its text in the PDF's typeface. */
function drawing(svg: SVGSVGElement): Content {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const { width, height } = svg.getBoundingClientRect();
  copy.setAttribute("viewBox", `0 0 ${width} ${height}`);
  for (const element of [copy, ...all<SVGElement>(copy, "*")]) {
    element.removeAttribute("font-family");
    element.style.removeProperty("font-family");
  }
  return {
    svg: new XMLSerializer().serializeToString(copy),
    font: "Noto",
    width: Math.min(TEXT_WIDTH, width * 0.6),
    style: "table",
  };
}
