import { phonePhoto } from "./photos.ts";
import type { Phone } from "./weapp-phone.ts";
import { devtools } from "./weapp-process.ts";

/** Puts a photo into the phone's album and lets the person pick it, after consent to the privacy guide. */
export async function addPhoto(phone: Phone): Promise<void> {
  await pickPhoto(phone);
  if (!devtools) await phone.tap("同意");
}

/** Puts a photo into the album and lets the person pick it, without answering the privacy guide. */
export async function pickPhoto(phone: Phone): Promise<void> {
  const tempFilePath = await phone.app.evaluate(
    // Runs in the mini-program.
    (jpeg: string) => {
      const path = `${wx.env.USER_DATA_PATH}/photo.jpg`;
      wx.getFileSystemManager().writeFileSync(path, jpeg, "base64");
      return path;
    },
    (await phonePhoto()).toString("base64"),
  );
  await phone.app.mockWxMethod("chooseMedia", { type: "image", tempFiles: [{ tempFilePath, fileType: "image" }] });
  await phone.tap("加照片");
}

declare const wx: {
  env: { USER_DATA_PATH: string };
  getFileSystemManager(): { writeFileSync(path: string, data: string, encoding: string): void };
};
