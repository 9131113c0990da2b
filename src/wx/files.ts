import Taro from "@tarojs/taro";

/**
 * Gives a text to the person as a file: to the browser's downloads, or into a chat of WeChat. Only in a tap: WeChat
 * wants it so.
 */
export async function shareFile(name: string, text: string, type: string): Promise<void> {
  // Spelt out for the bundler.
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
    // Where it was sent it stays; on this phone nothing is left lying.
    manager.unlinkSync(filePath);
  }
}

function downloadInBrowser(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The download has its own hold on the file once it began.
  window.setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
