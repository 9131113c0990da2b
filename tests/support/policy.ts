import type { Page } from "playwright-core";

/** Records violations of the content security policy in a page, including pages that it navigates to. */
export async function policyViolations(page: Page): Promise<string[]> {
  const found: string[] = [];
  await page.exposeFunction("noteViolation", (violation: string) => found.push(violation));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI, sourceFile }) => {
      const { noteViolation } = globalThis as unknown as { noteViolation(violation: string): void };
      noteViolation(`${effectiveDirective}: ${blockedURI} by ${sourceFile}`);
    });
  });
  return found;
}
