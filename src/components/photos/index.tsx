import { View } from "@tarojs/components";
import type { ReactNode } from "react";
import type { FileRef } from "../../../contract/index.ts";
import { absolute } from "../../api";
import { words } from "../../i18n";
import { viewPhotos } from "../../wx/media";
import { Picture } from "../picture";
import { Pressable } from "../pressable";

/** Photos in a grid; a tap shows them full screen. A photo that is being checked or was rejected is marked. */
export function Photos({ files }: { files: readonly FileRef[] }): ReactNode {
  if (files.length === 0) return null;
  const urls = files.flatMap((file) => (file.url ? [absolute(file.url)] : []));
  return (
    <View className="photos">
      {files.map((file, index) => (
        <Photo key={file.id} file={file} label={words.common.photoOf(index + 1)} urls={urls} />
      ))}
    </View>
  );
}

function Photo({ file, label, urls }: { file: FileRef; label: string; urls: string[] }): ReactNode {
  const state = { passed: null, checking: words.common.photoChecking, rejected: words.common.photoRejected }[
    file.check
  ];
  if (!file.url) return <View className="photos__one photos__hidden">{state}</View>;
  const url = absolute(file.url);
  return (
    <Pressable
      className="photos__one"
      label={state ? `${label}，${state}` : label}
      onPress={() => viewPhotos(urls, url)}
    >
      <Picture className="photos__image" src={url} />
      {state && <View className="photos__state">{state}</View>}
    </Pressable>
  );
}
