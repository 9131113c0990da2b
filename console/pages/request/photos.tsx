import { Image } from "antd";
import type { FileRef } from "../../../contract/index.ts";
import { zh } from "../../i18n/zh.ts";
import { stableUrl } from "../../lib/stable-url.ts";

const t = zh.request;

/** Photos in a row; a click enlarges one. */
export function Photos({ files }: { files: readonly FileRef[] }) {
  if (files.length === 0) return null;
  return (
    <Image.PreviewGroup>
      <div className="photos">
        {files.map((file, index) =>
          file.url ? (
            <Image key={file.id} src={stableUrl(file.url)} alt={t.photo(index + 1)} width={88} height={88} />
          ) : (
            <span key={file.id} className="photos__hidden">
              {t.photoChecking}
            </span>
          ),
        )}
      </div>
    </Image.PreviewGroup>
  );
}
