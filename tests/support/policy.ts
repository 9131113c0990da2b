import type { Page } from "playwright-core";

/** Notes what the content security policy stopped in a page from now on, also on pages that it goes to next. */
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
