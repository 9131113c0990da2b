import { App, Button, Image, Popconfirm, type TableColumnsType } from "antd";
import type { PhotoReview } from "../../../contract/index.ts";
import { toApiError } from "../../api/error.ts";
import { call } from "../../api/index.ts";
import { useInvalidate } from "../../api/invalidate.ts";
import { usePages } from "../../api/use-pages.ts";
import { DataTable } from "../../components/data-table.tsx";
import { Nothing } from "../../components/states.tsx";
import { Time } from "../../components/time.tsx";
import { zh } from "../../i18n/zh.ts";
import { stableUrl } from "../../lib/stable-url.ts";
import { words as t } from "./zh.ts";

const everything = {};
const name = t.columns;

const columns: TableColumnsType<PhotoReview> = [
  {
    title: name.photo,
    key: "photo",
    width: 120,
    render: (_, { url }) => <Image src={stableUrl(url)} alt={name.photo} width={88} height={88} />,
  },
  { title: name.request, key: "request", width: 160, dataIndex: "requestNo", className: "figures" },
  { title: name.at, key: "at", className: "figures", render: (_, { at }) => <Time value={at} /> },
  { title: name.action, key: "action", width: 180, align: "right", render: (_, photo) => <Decide photo={photo} /> },
];

/** Photos that wait for the committee's verdict. Until then only the sender sees them. */
export function PhotoReviews() {
  const rows = usePages("GET /api/photo-reviews", everything);
  return (
    <DataTable
      label={t.photos}
      rows={rows}
      columns={columns}
      rowKey={(photo) => photo.id}
      empty={<Nothing title={t.noPhotos} hint={t.noPhotosHint} />}
    />
  );
}

function Decide({ photo }: { photo: PhotoReview }) {
  const { message } = App.useApp();
  const invalidate = useInvalidate();
  const decide = async (verdict: "pass" | "reject") => {
    try {
      await call("POST /api/photo-reviews/:id", { params: { id: photo.id }, body: { verdict } });
      message.success(verdict === "pass" ? t.passed : t.rejected);
    } catch (thrown) {
      message.error(toApiError(thrown).message);
    }
    invalidate();
  };
  return (
    <>
      <Button size="small" onClick={() => void decide("pass")}>
        {t.pass}
      </Button>{" "}
      <Popconfirm
        title={t.rejectTitle}
        description={t.rejectHint}
        okText={t.reject}
        cancelText={zh.common.cancel}
        icon={null}
        placement="left"
        onConfirm={() => decide("reject")}
      >
        <Button size="small" danger>
          {t.reject}
        </Button>
      </Popconfirm>
    </>
  );
}
