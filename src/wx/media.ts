import Taro from "@tarojs/taro";
import { isH5 } from "./platform";
import { viewInBrowser } from "./photo-viewer";

/** Lets the person pick up to `count` photos, compressed where the platform can. Empty when they pick none. */
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
 * Calls back when a browser cannot read the photo at this path any more: a reload ends it, though it may still be
 * drawn from a cache. In WeChat a photo that is gone is not drawn.
 */
export function ifUnreadable(path: string, callBack: () => void): void {
  // Spelt out for the bundler.
  if (process.env.TARO_ENV === "h5") fetch(path).catch(callBack);
}

/** Shows photos full screen, starting with `current`. */
export function viewPhotos(urls: string[], current: string): void {
  // Spelt out for the bundler: Taro's viewer for H5 would bring 200 KB of carousel along.
  if (process.env.TARO_ENV === "h5") viewInBrowser(urls, urls.indexOf(current));
  else void Taro.previewImage({ urls, current });
}
