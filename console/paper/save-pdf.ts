import type { TDocumentDefinitions } from "pdfmake/interfaces";
import { saveFile } from "../api/save-file.ts";
import { paper } from "../i18n/zh-paper.ts";
import { paperOf } from "./paper-of.ts";

// The package does not export the paths of its font files. They are fetched when the first PDF is made, not with the
// page.
const regular = new URL("../../node_modules/@embedpdf/fonts-sc/fonts/NotoSansHans-Regular.otf", import.meta.url).href;
const bold = new URL("../../node_modules/@embedpdf/fonts-sc/fonts/NotoSansHans-Bold.otf", import.meta.url).href;

/**
 * Saves an article of the page as a PDF on A4, with embedded fonts, so that it looks the same everywhere. The PDF is
 * made in the browser, so no content is sent. Throws when the fonts cannot be fetched.
 */
export async function savePdf(article: Element, title: string): Promise<void> {
  const { default: pdf } = await import("pdfmake/build/pdfmake");
  pdf.addFonts({ Noto: { normal: regular, bold, italics: regular, bolditalics: bold } });
  const document: TDocumentDefinitions = {
    pageSize: "A4",
    pageMargins: [40, 40, 40, 48],
    info: { title, creator: paper.creator },
    language: "zh-CN",
    content: paperOf(article),
    footer: (page, pages) => ({
      columns: [title, { text: paper.page(page, pages), alignment: "right" }],
      style: "foot",
      margin: [40, 12, 40, 0],
    }),
    defaultStyle: { font: "Noto", fontSize: 9, lineHeight: 1.25 },
    styles: {
      title: { fontSize: 16, bold: true, margin: [0, 0, 0, 4] },
      heading: { fontSize: 11, bold: true, margin: [0, 12, 0, 4] },
      plain: { color: INK_2, margin: [0, 0, 0, 4] },
      code: { fontSize: 8, margin: [0, 0, 0, 4] },
      table: { fontSize: 8, margin: [0, 0, 0, 6] },
      head: { color: INK_2 },
      count: { fontSize: 12, bold: true },
      foot: { fontSize: 8, color: INK_2 },
    },
  };
  saveFile(await pdf.createPdf(document).getBlob(), `${title}.pdf`);
}

/** The pages' secondary text colour, from their CSS variable. */
const INK_2 = getComputedStyle(globalThis.document.documentElement).getPropertyValue("--ink-2").trim() || "#555555";
