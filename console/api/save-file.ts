/** Saves a file through the browser's downloads. */
export function saveFile(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The URL is revoked late, because the download needs it until it has begun.
  window.setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
