import { Image, View } from "@tarojs/components";
import type { ReactNode } from "react";
import type { FileRef } from "../../../contract/index.ts";
import { absolute } from "../../api";
import { words } from "../../i18n";
import { viewPhotos } from "../../wx/media";
import { Pressable } from "../pressable";

/** Photos in a grid; a tap shows them full screen. */
export function Photos({ files }: { files: readonly FileRef[] }): ReactNode {
  if (files.length === 0) return null;
  const urls = files.map((file) => absolute(file.url));
  return (
    <View className="photos">
      {urls.map((url, index) => (
        <Pressable
          key={files[index]?.id ?? url}
          className="photos__one"
          label={words.common.photoOf(index + 1)}
          onPress={() => viewPhotos(urls, url)}
        >
          <Image className="photos__image" src={url} mode="aspectFill" />
        </Pressable>
      ))}
    </View>
  );
}
