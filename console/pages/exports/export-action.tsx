import { App, Button } from "antd";
import { useState } from "react";
import type { Export } from "../../../contract/index.ts";
import { toApiError } from "../../api/error.ts";
import { call, fetchFile } from "../../api/index.ts";
import { saveFile } from "../../api/save-file.ts";
import { zh } from "../../i18n/zh.ts";
import { dayOf } from "../../lib/time.ts";

const t = zh.exports;

/** The action on an export: to stop it while it is written, to download it while it is stored. */
export function ExportAction({ row, reload }: { row: Export; reload: () => void }) {
  const { message } = App.useApp();
  const [busy, setBusy] = useState(false);
  const what = `${t.kind[row.kind]} ${row.format.toUpperCase()}`;

  const take = async (step: () => Promise<string>) => {
    setBusy(true);
    try {
      message.success(await step());
    } catch (thrown) {
      message.error(toApiError(thrown).message);
    } finally {
      setBusy(false);
      reload();
    }
  };
  const download = async () => {
    const name = t.fileName(t.kind[row.kind], dayOf(new Date(row.askedAt)), row.format);
    saveFile(await fetchFile("POST /api/exports/:id/download", { params: { id: row.id } }), name);
    return t.downloaded(name);
  };
  const cancel = async () => {
    const { state } = await call("POST /api/exports/:id/cancel", { params: { id: row.id } });
    return t.states[state];
  };

  if (row.state === "done")
    return (
      <Button size="small" loading={busy} aria-label={t.downloadOne(what)} onClick={() => void take(download)}>
        {t.download}
      </Button>
    );
  if (row.state === "queued" || row.state === "running")
    return (
      <Button size="small" loading={busy} aria-label={t.cancelOne(what)} onClick={() => void take(cancel)}>
        {zh.common.cancel}
      </Button>
    );
  return null;
}
