import Taro from "@tarojs/taro";

/**
 * Hands a text to the person as a file: a download in a browser, a file for a chat in WeChat. WeChat allows it only in
 * a
 * tap handler.
 */
export async function shareFile(name: string, text: string, type: string): Promise<void> {
  // Written out, so that the bundler can drop a branch.
  if (process.env.TARO_ENV === "h5") {
    downloadInBrowser(new Blob([text], { type }), name);
    return;
  }
  const manager = Taro.getFileSystemManager();
  const filePath = `${Taro.env.USER_DATA_PATH ?? ""}/${name}`;
  manager.writeFileSync(filePath, text, "utf8");
  try {
    await Taro.shareFileMessage({ filePath, fileName: name });
  } finally {
    // The chat has its own copy, so the phone's copy is deleted.
    manager.unlinkSync(filePath);
  }
}

function downloadInBrowser(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The URL is revoked late, because the download needs it until it has begun.
  window.setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
