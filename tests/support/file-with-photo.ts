import type { Page } from "playwright-core";
import { expect } from "vitest";
import { button, textarea, words } from "./demo-world.ts";
import { phonePhoto } from "./photos.ts";

/** On the filing page: files a request with a photo, and waits until the request's page shows the photo. */
export async function fileWithPhoto(page: Page): Promise<void> {
  await textarea(page).fill("楼下垃圾桶满了，看照片");
  const chooser = page.waitForEvent("filechooser");
  await button(page, /加照片/).tap();
  await (await chooser).setFiles({ name: "a.jpg", mimeType: "image/jpeg", buffer: await phonePhoto() });
  await button(page, "去掉第 1 张照片").waitFor();
  await words(page, /等着上传|已传|就要好了/).waitFor({ state: "hidden" });
  await button(page, "提交").tap();
  await words(page, "等干部接单").waitFor();
  const shown = page.locator("img").filter({ visible: true }).last();
  await expect.poll(() => shown.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
}
