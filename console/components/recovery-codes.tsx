import { Button } from "antd";
import { saveFile } from "../api/save-file.ts";
import { zh } from "../i18n/zh.ts";

const t = zh.protection.factor;

/** Recovery codes. The server returns them only once, so the person can save them here. */
export function RecoveryCodes({ codes, done, onDone }: { codes: readonly string[]; done: string; onDone: () => void }) {
  const download = () => saveFile(new Blob([`${codes.join("\r\n")}\r\n`], { type: "text/plain" }), t.file);
  return (
    <>
      <p>{t.recoveryLead}</p>
      <ol className="recovery figures" aria-label={t.recovery}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <div className="part-tools">
        <Button size="large" onClick={download}>
          {t.download}
        </Button>
        <Button type="primary" size="large" onClick={onDone}>
          {done}
        </Button>
      </div>
    </>
  );
}
