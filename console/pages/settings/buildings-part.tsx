import { DownloadOutlined, UploadOutlined } from "@ant-design/icons";
import { Button, Table } from "antd";
import { useRef, useState } from "react";
import { sendFile } from "../../api/index.ts";
import { saveFile } from "../../api/save-file.ts";
import { useMutation } from "../../api/use-mutation.ts";
import { useQuery } from "../../api/use-query.ts";
import { ErrorNote, Nothing, WhenLoaded } from "../../components/states.tsx";
import { zh } from "../../i18n/zh.ts";
import { RemoveBuilding } from "./remove-building.tsx";
import { ImportPreview, type Preview } from "./import-preview.tsx";

const t = zh.settings.buildings;
/** Begins with a byte order mark, which Excel needs for Chinese. */
const template = "\uFEFF楼栋,单元\r\n1号楼,1单元\r\n1号楼,2单元\r\n2号楼,1单元\r\n";

/** The buildings and units from which residents choose their home, and their import from a sheet. */
export function BuildingsPart({ communityId }: { communityId: string }) {
  const params = { id: communityId };
  const community = useQuery("GET /api/communities/:id", { params });
  const [preview, setPreview] = useState<Preview | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const check = useMutation(async (file: File) => ({
    ...(await sendFile("POST /api/communities/:id/buildings/preview", { params }, file)),
    file: file.name,
  }));
  const choose = async (file: File | undefined) => {
    if (input.current) input.current.value = "";
    const found = file && (await check.run(file));
    if (found) setPreview(found);
  };
  const buttons = (
    <div className="part-tools">
      <Button
        type="primary"
        icon={<UploadOutlined aria-hidden />}
        loading={check.busy}
        onClick={() => input.current?.click()}
      >
        {t.import}
      </Button>
      <Button icon={<DownloadOutlined aria-hidden />} onClick={() => saveFile(new Blob([template]), t.templateName)}>
        {t.template}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={t.choose}
        accept=".xlsx,.csv,.txt"
        onChange={(event) => void choose(event.target.files?.[0])}
      />
    </div>
  );
  return (
    <section className="card part">
      <ErrorNote error={check.error} />
      <WhenLoaded loaded={community}>
        {({ buildings }) =>
          buildings.length === 0 ? (
            <Nothing title={t.none} hint={t.noneHint} action={buttons} />
          ) : (
            <>
              <div className="part-head">
                <h2>
                  {t.count(
                    buildings.length,
                    buildings.reduce((sum, { units }) => sum + units.length, 0),
                  )}
                </h2>
                {buttons}
              </div>
              <Table
                size="small"
                aria-label={t.table}
                rowKey={({ name }) => name}
                dataSource={buildings}
                pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
                columns={[
                  { title: t.name, dataIndex: "name", width: 200 },
                  { title: t.units, key: "units", render: (_, { units }) => units.join("、") || t.noUnits },
                  {
                    key: "remove",
                    width: 88,
                    align: "right",
                    render: (_, building) => (
                      <RemoveBuilding communityId={communityId} building={building} onDone={community.reload} />
                    ),
                  },
                ]}
              />
            </>
          )
        }
      </WhenLoaded>
      {preview && (
        <ImportPreview
          communityId={communityId}
          preview={preview}
          onClose={() => setPreview(null)}
          onDone={() => {
            setPreview(null);
            community.reload();
          }}
        />
      )}
    </section>
  );
}
