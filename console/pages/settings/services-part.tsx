import { PlusOutlined } from "@ant-design/icons";
import { Button, Table, type TableColumnsType } from "antd";
import { useState } from "react";
import type { CatalogueService } from "../../../contract/index.ts";
import { useQuery } from "../../api/use-query.ts";
import { Nothing, WhenLoaded } from "../../components/states.tsx";
import { zh } from "../../i18n/zh.ts";
import { lengthWords } from "../../lib/time.ts";
import { ServiceDrawer } from "./service-drawer.tsx";

const t = zh.settings.services;
const MINUTE = 60_000;

/** The catalogue: services with their deadlines and positions. */
export function ServicesPart({ communityId }: { communityId: string }) {
  const catalogue = useQuery("GET /api/communities/:id/catalogue", { params: { id: communityId } });
  const [edited, setEdited] = useState<CatalogueService | "new" | null>(null);
  const add = (
    <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setEdited("new")}>
      {t.add}
    </Button>
  );
  return (
    <section className="card part">
      <WhenLoaded loaded={catalogue}>
        {({ items }) => (
          <>
            {items.length === 0 ? (
              <Nothing title={t.none} hint={t.noneHint} action={add} />
            ) : (
              <>
                <div className="part-head">
                  <h2>{t.table}</h2>
                  {add}
                </div>
                <Table
                  size="small"
                  aria-label={t.table}
                  rowKey={({ serviceCode }) => serviceCode}
                  dataSource={items}
                  columns={columnsOf(setEdited)}
                  pagination={false}
                />
              </>
            )}
            {edited && (
              <ServiceDrawer
                communityId={communityId}
                service={edited === "new" ? null : edited}
                groups={new Map(items.map(({ group, groupTitle }) => [group, groupTitle]))}
                onClose={() => setEdited(null)}
                onSaved={() => {
                  setEdited(null);
                  catalogue.reload();
                }}
              />
            )}
          </>
        )}
      </WhenLoaded>
    </section>
  );
}

function columnsOf(edit: (service: CatalogueService) => void): TableColumnsType<CatalogueService> {
  const c = t.columns;
  return [
    {
      title: c.title,
      key: "title",
      render: (_, { title, groupTitle, urgency, retired }) => (
        <>
          <strong>{title}</strong> <span className="muted">{groupTitle}</span>
          {urgency === "urgent" && <span className="tag tag-bad">{t.urgentTag}</span>}
          {retired && <span className="tag">{t.retiredTag}</span>}
        </>
      ),
    },
    {
      title: c.times,
      key: "times",
      width: 280,
      render: (_, { respondMinutes, resolveMinutes, clock }) => (
        <>
          <span className="figures">
            {lengthWords(respondMinutes * MINUTE)} / {lengthWords(resolveMinutes * MINUTE)}
          </span>{" "}
          <span className="muted">{t.clock[clock]}</span>
        </>
      ),
    },
    {
      title: c.positions,
      key: "positions",
      width: 200,
      ellipsis: true,
      render: (_, { positions }) => positions.join(zh.common.join),
    },
    { title: c.version, key: "version", width: 90, render: (_, { version }) => t.version(version) },
    {
      title: c.action,
      key: "action",
      width: 90,
      align: "right",
      render: (_, service) => (
        <Button size="small" aria-label={t.editOf(service.title)} onClick={() => edit(service)}>
          {t.edit}
        </Button>
      ),
    },
  ];
}
