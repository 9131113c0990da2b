import { FilePdfOutlined, PrinterOutlined } from "@ant-design/icons";
import { App, Button } from "antd";
import { type RefObject, useState } from "react";
import { paper as t } from "../i18n/zh-paper.ts";
import { savePdf } from "./save-pdf.ts";

/** Buttons that print the article of a page and save it as PDF. `title` is the file name. */
export function PaperActions({ article, title }: { article: RefObject<HTMLElement>; title: string }) {
  const { message } = App.useApp();
  const [saving, setSaving] = useState(false);
  const save = async (): Promise<void> => {
    if (!article.current) return;
    setSaving(true);
    try {
      await savePdf(article.current, title);
      message.success(t.saved);
    } catch {
      message.error(t.failed);
    } finally {
      setSaving(false);
    }
  };
  return (
    <>
      <Button icon={<PrinterOutlined aria-hidden />} onClick={() => window.print()}>
        {t.print}
      </Button>
      <Button icon={<FilePdfOutlined aria-hidden />} loading={saving} onClick={() => void save()}>
        {saving ? t.saving : t.save}
      </Button>
    </>
  );
}
