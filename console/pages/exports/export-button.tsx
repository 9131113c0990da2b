import { DownloadOutlined } from "@ant-design/icons";
import { App, Button } from "antd";
import { useState } from "react";
import { useNavigate } from "react-router";
import { useMe } from "../../api/me.tsx";
import { useCatalogue } from "../../components/catalogue.tsx";
import { zh } from "../../i18n/zh.ts";
import { ExportDialog, type Wish } from "./export-dialog.tsx";

const t = zh.exports;

interface Props {
  kind: Wish["kind"];
  /** The current filters of the page. */
  filter: Omit<Wish, "communityId" | "kind" | "format" | "clearFor">;
}

/** The button that exports the list of a page. Shown only to roles that may export. */
export function ExportButton({ kind, filter }: Props) {
  const { role } = useMe().actingAs;
  const { communityId } = useCatalogue();
  const { message, notification } = App.useApp();
  const navigate = useNavigate();
  const [open, setOpen] = useState(false);
  if (role !== "committee" && role !== "supervisor" && role !== "admin") return null;
  const start = () => (communityId === null ? void message.info(t.communityFirst) : setOpen(true));
  const see = () => {
    notification.destroy("export");
    void navigate("/exports");
  };
  const started = () => {
    setOpen(false);
    notification.success({
      key: "export",
      title: t.started,
      actions: (
        <Button size="small" onClick={see}>
          {t.see}
        </Button>
      ),
    });
  };
  return (
    <>
      <Button icon={<DownloadOutlined aria-hidden />} onClick={start}>
        {t.open}
      </Button>
      {communityId !== null && (
        <ExportDialog
          wish={{ ...filter, communityId, kind }}
          mayClear={role === "committee"}
          open={open}
          onClose={() => setOpen(false)}
          onStarted={started}
        />
      )}
    </>
  );
}
