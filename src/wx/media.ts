import Taro from "@tarojs/taro";
import { isH5 } from "./platform";
import { viewInBrowser } from "./photo-viewer";

/** Lets the person pick up to `count` photos, compressed where possible. Empty when none were picked. */
export async function choosePhotos(count: number): Promise<string[]> {
  try {
    if (isH5) {
      const { tempFilePaths } = await Taro.chooseImage({ count, sizeType: ["compressed"] });
      return tempFilePaths.slice(0, count);
    }
    const { tempFiles } = await Taro.chooseMedia({
      count,
      mediaType: ["image"],
      sizeType: ["compressed"],
    });
    return tempFiles.map((file) => file.tempFilePath).slice(0, count);
  } catch {
    return [];
  }
}

/**
 * Calls back when a browser can no longer read the photo at this path. A reload invalidates the path, although a cached
 * picture may still be shown. Does nothing in WeChat, where an unreadable photo is not shown.
 */
export function ifUnreadable(path: string, callBack: () => void): void {
  // Written out, so that the bundler can drop it.
  if (process.env.TARO_ENV === "h5") fetch(path).catch(callBack);
}

/** Shows photos full screen, beginning with `current`. */
export function viewPhotos(urls: string[], current: string): void {
  // Written out, so that the bundler drops Taro's viewer for H5, which contains a carousel of 200 KB.
  if (process.env.TARO_ENV === "h5") viewInBrowser(urls, urls.indexOf(current));
  else void Taro.previewImage({ urls, current });
}
