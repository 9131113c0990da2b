export const MAX_PHOTOS = 9;

/** A photo of a draft, on its way to the server. */
export interface DraftPhoto {
  key: string;
  /** Where this device can show it from. */
  path: string;
  /** `gone`: it never arrived, and this device cannot read it any more either. */
  state: "uploading" | "uploaded" | "failed" | "gone";
  fileId: string | null;
  url: string | null;
  /** Why it failed, for the person. */
  problem: string | null;
}

/** Ids of what has arrived, in the order shown. */
export const uploadedIds = (photos: readonly DraftPhoto[]): string[] =>
  photos.flatMap((photo) => (photo.fileId === null ? [] : [photo.fileId]));

/** Whether the photos hold up a submission, and how. */
export function photosBlockingSubmit(photos: readonly DraftPhoto[]): "uploading" | "failed" | null {
  if (photos.some(({ state }) => state === "uploading")) return "uploading";
  return photos.some(({ state }) => state !== "uploaded") ? "failed" : null;
}
