export const MAX_PHOTOS = 9;

/** A photo of a draft with the state of its upload. */
export interface DraftPhoto {
  key: string;
  /** The local path or address that this device can show it from. */
  path: string;
  /** `gone`: it was not uploaded, and this device can no longer read it. */
  state: "uploading" | "uploaded" | "failed" | "gone";
  fileId: string | null;
  url: string | null;
  /** The cause of a failed upload, for the person. */
  problem: string | null;
}

/** The file ids of the uploaded photos, in the order shown. */
export const uploadedIds = (photos: readonly DraftPhoto[]): string[] =>
  photos.flatMap((photo) => (photo.fileId === null ? [] : [photo.fileId]));

/** The reason why the photos block a submission: an upload is running or has failed. Null: they do not. */
export function photosBlockingSubmit(photos: readonly DraftPhoto[]): "uploading" | "failed" | null {
  if (photos.some(({ state }) => state === "uploading")) return "uploading";
  return photos.some(({ state }) => state !== "uploaded") ? "failed" : null;
}
