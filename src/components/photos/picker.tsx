import { View } from "@tarojs/components";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { absolute, toApiError, uploadPhoto } from "../../api";
import { words } from "../../i18n";
import { newKey } from "../../lib/new-key";
import { MAX_PHOTOS, type DraftPhoto } from "../../lib/draft-photos";
import { choosePhotos, ifUnreadable } from "../../wx/media";
import { Icon } from "../icon";
import { Picture } from "../picture";
import { Pressable } from "../pressable";

interface Props {
  photos: readonly DraftPhoto[];
  /** Called with a change, not a value, because uploads end in any order and after other edits. */
  onChange: (change: (photos: readonly DraftPhoto[]) => readonly DraftPhoto[]) => void;
}

/** Picks photos and uploads each at once, so that submitting is quick and a failed upload can be retried alone. */
export function PhotoPicker({ photos, onChange }: Props): ReactNode {
  // The progress of the current upload. It is not part of the draft, which is stored at every change.
  const [progress, setProgress] = useState<{ key: string; percent: number } | null>(null);
  const broughtBack = useRef(photos);
  const latest = useRef(onChange);
  latest.current = onChange;

  const set = (key: string, part: Partial<DraftPhoto>): void =>
    latest.current((all) => all.map((photo) => (photo.key === key ? { ...photo, ...part } : photo)));

  async function upload(key: string, path: string): Promise<void> {
    set(key, { path, state: "uploading", problem: null });
    try {
      const file = await uploadPhoto(path, (percent) => setProgress({ key, percent }));
      set(key, { state: "uploaded", fileId: file.id, url: file.url });
    } catch (thrown) {
      set(key, { state: "failed", problem: toApiError(thrown).message });
    }
  }

  async function add(): Promise<void> {
    const paths = await choosePhotos(MAX_PHOTOS - photos.length);
    const added = paths.map((path): DraftPhoto => ({
      key: newKey(),
      path,
      state: "uploading",
      fileId: null,
      url: null,
      problem: null,
    }));
    latest.current((all) => [...all, ...added]);
    // Photos are uploaded one after the other, to suit a weak connection and to keep their order.
    for (const { key, path } of added) await upload(key, path);
  }

  async function again({ key, state, path: known }: DraftPhoto): Promise<void> {
    const [path] = state === "gone" ? await choosePhotos(1) : [known];
    if (path !== undefined) await upload(key, path);
  }

  // No upload of a restored draft is running any more.
  useEffect(() => {
    latest.current((all) => all.map((photo) => (photo.state === "uploading" ? { ...photo, state: "failed" } : photo)));
    for (const { key, path, fileId } of broughtBack.current)
      if (fileId === null) ifUnreadable(path, () => set(key, gone));
  }, []);

  const problem = photos.find((photo) => photo.problem !== null)?.problem;
  return (
    <View>
      <View className="photos">
        {photos.map((photo, index) => (
          <View key={photo.key} className="photos__one">
            <Picture className="photos__image" src={photo.path} onError={() => fallBack(photo, set)} />
            {photo.state === "uploading" && (
              <View className="photos__cover">
                <View className="spinner" />
                <View>{words.common.uploading(progress?.key === photo.key ? progress.percent : null)}</View>
              </View>
            )}
            {(photo.state === "failed" || photo.state === "gone") && (
              <Pressable className="photos__cover" onPress={() => void again(photo)}>
                <Icon name="alert" />
                <View>{photo.state === "gone" ? words.common.chooseAgain : words.common.uploadAgain}</View>
              </Pressable>
            )}
            <Pressable
              className="photos__remove"
              label={words.common.removePhoto(index + 1)}
              onPress={() => onChange((all) => all.filter(({ key }) => key !== photo.key))}
            >
              <View className="photos__remove-sign">
                <Icon name="close" />
              </View>
            </Pressable>
          </View>
        ))}
        {photos.length < MAX_PHOTOS && (
          <Pressable className="photos__one photos__add" onPress={() => void add()}>
            <Icon name="camera" />
            <View className="small">{words.common.addPhoto}</View>
          </Pressable>
        )}
      </View>
      {problem && <View className="field__problem">{problem}</View>}
    </View>
  );
}

const gone: Partial<DraftPhoto> = { state: "gone", problem: null };

/**
 * Finds another source for a photo after a reload, when its local path is invalid. An uploaded photo is loaded from the
 * server, whose address is valid for ten minutes. One that was not uploaded is lost and is not retried.
 */
function fallBack(photo: DraftPhoto, set: (key: string, part: Partial<DraftPhoto>) => void): void {
  const url = photo.url === null ? null : absolute(photo.url);
  if (url !== null && photo.path !== url) set(photo.key, { path: url });
  else if (photo.state === "failed") set(photo.key, gone);
}
