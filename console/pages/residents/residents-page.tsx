import { SafetyCertificateOutlined } from "@ant-design/icons";
import { App, Button, Popconfirm, Segmented, type TableColumnsType } from "antd";
import { useMemo } from "react";
import type { Resident } from "../../../contract/index.ts";
import { toApiError } from "../../api/error.ts";
import { call } from "../../api/index.ts";
import { useInvalidate } from "../../api/invalidate.ts";
import { usePages } from "../../api/use-pages.ts";
import { DataTable } from "../../components/data-table.tsx";
import { Page } from "../../components/page.tsx";
import { Reveal } from "../../components/reveal.tsx";
import { Nothing } from "../../components/states.tsx";
import { Time } from "../../components/time.tsx";
import { zh } from "../../i18n/zh.ts";
import { readResidentFilters } from "../../lib/filters.ts";
import { timeWords } from "../../lib/time.ts";
import { useFilters } from "../../lib/use-filters.ts";

const t = zh.residents;
const tiers = [
  { value: "registered", label: t.waiting },
  { value: "confirmed", label: t.confirmed },
  { value: "", label: t.all },
];

/** Registered residents, and whether each is confirmed. */
export function ResidentsPage() {
  const { filters, change } = useFilters(readResidentFilters);
  const rows = usePages("GET /api/residents", filters);
  const columns = useMemo(residentColumns, []);
  const waiting = filters.tier === "registered";
  return (
    <Page
      title={t.title}
      fresh={rows}
      filters={
        <Segmented
          aria-label={t.tier}
          options={tiers}
          value={filters.tier ?? ""}
          onChange={(value) => change({ tier: value === "registered" || value === "confirmed" ? value : undefined })}
        />
      }
    >
      <DataTable
        label={t.table}
        rows={rows}
        columns={columns}
        rowKey={(resident) => resident.id}
        empty={<Nothing title={waiting ? t.noneWaiting : t.none} hint={t.noneWaitingHint} />}
      />
    </Page>
  );
}

function residentColumns(): TableColumnsType<Resident> {
  const name = t.columns;
  return [
    { title: name.name, key: "name", width: 104, render: (_, { name: who }) => <strong>{who}</strong> },
    {
      title: name.phone,
      key: "phone",
      width: 184,
      render: (_, { id, name: whose, phone }) => (
        <Reveal of="resident" field="phone" {...{ id, whose }} masked={phone} />
      ),
    },
    { title: name.building, key: "building", width: 96, dataIndex: "building", ellipsis: true },
    {
      title: name.home,
      key: "home",
      width: 184,
      render: (_, { id, name: whose, unit, room }) => (
        <Reveal of="resident" field="home" {...{ id, whose }} masked={`${unit}${room}`} />
      ),
    },
    {
      title: name.registered,
      key: "registered",
      width: 140,
      align: "right",
      className: "figures",
      render: (_, { registeredAt }) => <Time value={registeredAt} />,
    },
    { title: name.state, key: "state", ellipsis: true, render: (_, resident) => <State resident={resident} /> },
    {
      title: name.action,
      key: "action",
      width: 96,
      align: "right",
      render: (_, resident) => (resident.confirmedAt === null ? <Confirm resident={resident} /> : null),
    },
  ];
}

function State({ resident }: { resident: Resident }) {
  if (resident.confirmedAt === null) return <span className="tag tag-wait">{t.waiting}</span>;
  const when = timeWords(new Date(resident.confirmedAt), new Date());
  return (
    <>
      <span className="tag tag-good">
        <SafetyCertificateOutlined aria-hidden /> {t.confirmed}
      </span>
      {resident.confirmedBy && <span className="muted">{t.confirmedBy(resident.confirmedBy, when)}</span>}
    </>
  );
}

function Confirm({ resident }: { resident: Resident }) {
  const { message } = App.useApp();
  const invalidate = useInvalidate();
  const confirm = async () => {
    try {
      await call("POST /api/residents/:id/confirm", { params: { id: resident.id } });
      message.success(t.done(resident.name));
    } catch (thrown) {
      message.error(toApiError(thrown).message);
    }
    invalidate();
  };
  return (
    <Popconfirm
      title={t.confirmTitle(resident.name, t.home(resident.building, resident.unit, resident.room))}
      description={t.confirmHint}
      okText={t.confirmYes}
      cancelText={zh.common.cancel}
      icon={null}
      placement="left"
      onConfirm={confirm}
    >
      <Button size="small" aria-label={t.confirmOne(resident.name)}>
        {t.confirm}
      </Button>
    </Popconfirm>
  );
}
