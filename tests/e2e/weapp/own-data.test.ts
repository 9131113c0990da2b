import { expect, it } from "vitest";
import { openWeappWorld } from "../../support/weapp-world.ts";

const world = await openWeappWorld();

declare const wx: {
  env: { USER_DATA_PATH: string };
  getFileSystemManager(): { accessSync(path: string): void };
  shared?: string;
};

it("in WeChat a resident's data go into a chat as a file, and nothing is left lying on the phone", async () => {
  const phone = await world.phone("王雨晴");
  await phone.open("/subpackages/me/data/index");
  await phone.sees(/理由：居民来电说没修好/);
  await phone.tap("做一份");
  await phone.sees(/做好了，点一下发到微信聊天/);
  await phone.app.mockWxMethod("shareFileMessage", function share(this: unknown, file: { filePath: string }) {
    // The shared file must exist at this moment; otherwise this throws.
    wx.getFileSystemManager().accessSync(file.filePath);
    wx.shared = file.filePath;
    return { errMsg: "shareFileMessage:ok" };
  });
  await phone.tap(/^网页版/);
  const after = () =>
    phone.app.evaluate(() => {
      try {
        wx.getFileSystemManager().accessSync(wx.shared ?? "");
        return `${wx.shared} is left`;
      } catch {
        return wx.shared;
      }
    });
  await expect.poll(after).toMatch(/店小二-我的数据-\d{4}-\d\d-\d\d\.html$/);
  expect(phone.faults).toEqual([]);
});
