import { DownloadOutlined } from "@ant-design/icons";
import { App, Button } from "antd";
import { useState } from "react";
import { toApiError } from "../../api/error.ts";
import { call } from "../../api/index.ts";
import { saveFile } from "../../api/save-file.ts";
import { zh } from "../../i18n/zh.ts";

const t = zh.verify;

/**
 * Saves the signed day anchors of these communities, one file each. A copy kept elsewhere proves later changes of the
 * log.
 */
export function AnchorsButton({ communityIds }: { communityIds: readonly string[] }) {
  const { message } = App.useApp();
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    try {
      for (const communityId of communityIds) {
        const file = await call("GET /api/log/anchors", { query: { communityId } });
        const days = file.communities[communityId] ?? [];
        const last = days.at(-1);
        if (!last) {
          message.info(t.anchorsNone);
          continue;
        }
        const blob = new Blob([`${JSON.stringify(file, null, 1)}\n`], { type: "application/json" });
        saveFile(blob, t.anchorsFile(communityId, last.day));
        message.success(t.anchorsSaved(days.length));
      }
    } catch (thrown) {
      message.error(toApiError(thrown).message);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="anchors">
      <Button icon={<DownloadOutlined aria-hidden />} loading={busy} onClick={() => void save()}>
        {t.anchors}
      </Button>
      <small className="muted">{t.anchorsHint}</small>
    </div>
  );
}
