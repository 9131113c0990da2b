import { Alert, App, Modal, Table } from "antd";
import type { Reply } from "../../../contract/index.ts";
import { call } from "../../api/index.ts";
import { useMutation } from "../../api/use-mutation.ts";
import { ErrorNote } from "../../components/states.tsx";
import { zh } from "../../i18n/zh.ts";

const t = zh.settings.buildings;

/** The preview of an import. */
export type Preview = Reply<"POST /api/communities/:id/buildings/preview"> & { file: string };

interface Props {
  communityId: string;
  preview: Preview;
  onClose: () => void;
  onDone: () => void;
}

/** The result that an import would have, and its faulty rows. Only a file without faults can be imported. */
export function ImportPreview({ communityId, preview, onClose, onDone }: Props) {
  const { message } = App.useApp();
  const { added, faults, buildings } = preview;
  const act = useMutation((list: Preview["buildings"]) =>
    call("POST /api/communities/:id/buildings", { params: { id: communityId }, body: { buildings: list } }),
  );
  const news = added.buildings + added.units > 0;
  const confirm = async () => {
    if (!(await act.run(buildings))) return;
    message.success(t.done(added.buildings, added.units));
    onDone();
  };
  return (
    <Modal
      open
      width={720}
      centered
      title={t.preview}
      okText={t.confirm}
      cancelText={zh.common.cancel}
      okButtonProps={{ disabled: faults.length > 0 || !news }}
      confirmLoading={act.busy}
      onOk={() => void confirm()}
      onCancel={onClose}
      mask={{ closable: false }}
    >
      <p className="muted">{t.file(preview.file, preview.rows)}</p>
      <p>{news ? t.added(added.buildings, added.units, added.known) : t.nothingNew}</p>
      {faults.length > 0 && (
        <>
          <Alert type="error" showIcon role="alert" title={t.faults(faults.length)} />
          <Table
            size="small"
            aria-label={t.faultTable}
            rowKey={({ row }) => row}
            dataSource={faults}
            scroll={{ y: 320 }}
            pagination={{ pageSize: 100, hideOnSinglePage: true, showSizeChanger: false }}
            columns={[
              { title: t.row, dataIndex: "row", width: 80, align: "right" },
              { title: t.name, dataIndex: "building", width: 140, ellipsis: true },
              { title: t.units, dataIndex: "unit", width: 140, ellipsis: true },
              { title: t.what, key: "fault", render: (_, { fault }) => t.fault[fault] },
            ]}
          />
        </>
      )}
      <ErrorNote error={act.error} />
    </Modal>
  );
}
