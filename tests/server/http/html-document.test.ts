import { describe, expect, it } from "vitest";
import { facts, renderDocument, section, table } from "../../../server/core/presenters/html-document.ts";

describe("a page to read or print", () => {
  it.each([
    ["a fact", facts([["诉求", "<script>alert(1)</script>"]])],
    ["a cell", table(["说了什么"], [["<script>alert(1)</script>"]])],
    ["a heading", section("<script>alert(1)</script>")],
  ])("shows what people wrote in %s as they wrote it, never as markup", (_where, part) => {
    const page = renderDocument("一页", part);
    expect(page).not.toContain("<script");
    expect(page).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
  });

  it("escapes the signs that end an attribute, and keeps line breaks", () => {
    expect(renderDocument("一页", facts([["诉求", `"a"\n'b' & c`]]))).toContain(
      "<dd>&quot;a&quot;<br/>&#x27;b&#x27; &amp; c</dd>",
    );
  });

  it("has its style as it is written, and nothing from anywhere", () => {
    const page = renderDocument("一页");
    expect(page).toContain("font:16px/1.7 system-ui,sans-serif");
    expect(page).not.toMatch(/https?:|src=|href=|url\(/);
  });

  it("leaves out what is not known, and says so of an empty table", () => {
    const page = renderDocument("一页", facts([["电话", null]]), table(["时间"], []));
    expect(page).not.toContain("电话");
    expect(page).toContain("<p>没有</p>");
  });
});
