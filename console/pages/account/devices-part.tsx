import { App, Button, Popconfirm, Table, type TableColumnsType, Tag } from "antd";
import type { LoggedInDevice } from "../../../contract/index.ts";
import { toApiError } from "../../api/error.ts";
import { call } from "../../api/index.ts";
import { useQuery } from "../../api/use-query.ts";
import { WhenLoaded } from "../../components/states.tsx";
import { Time } from "../../components/time.tsx";
import { zh } from "../../i18n/zh.ts";

const t = zh.account.devices;

const nameOf = ({ device }: LoggedInDevice): string => device ?? t.unknown;

/** The person's open sessions, each of which can be ended. */
export function DevicesPart() {
  const devices = useQuery("GET /api/me/sessions", {});
  const { message } = App.useApp();

  /** Runs an action, shows its result and reads the list again. */
  const act = async (end: () => Promise<string>) => {
    try {
      message.success(await end());
    } catch (thrown) {
      message.error(toApiError(thrown).message);
    }
    devices.reload();
  };
  const end = ({ id }: LoggedInDevice) =>
    act(async () => {
      await call("DELETE /api/me/sessions/:id", { params: { id } });
      return t.ended;
    });
  const endOthers = () =>
    act(async () => t.endedOthers((await call("DELETE /api/me/sessions", { query: { keep: "this" } })).ended));

  const columns: TableColumnsType<LoggedInDevice> = [
    {
      title: t.columns.device,
      key: "device",
      render: (_, device) => (
        <>
          {nameOf(device)} {device.current && <Tag>{t.current}</Tag>}
        </>
      ),
    },
    {
      title: t.columns.front,
      key: "front",
      width: 140,
      render: (_, { front }) => (front === null ? zh.common.none : t.fronts[front]),
    },
    { title: t.columns.since, key: "since", width: 180, render: (_, { since }) => <Time value={since} /> },
    {
      title: t.columns.used,
      key: "used",
      width: 180,
      render: (_, { current, lastUsedAt }) => (current ? t.inUse : <Time value={lastUsedAt} />),
    },
    {
      title: t.columns.action,
      key: "action",
      width: 120,
      align: "right",
      render: (_, device) => !device.current && <EndButton device={device} onEnd={() => end(device)} />,
    },
  ];
  return (
    <section className="card part" aria-labelledby="devices">
      <div className="part-head">
        <h2 id="devices">{t.title}</h2>
        {devices.data?.items.some(({ current }) => !current) && (
          <Popconfirm {...asking} title={t.sureOthers} description={t.sureText} onConfirm={endOthers}>
            <Button>{t.endOthers}</Button>
          </Popconfirm>
        )}
      </div>
      <p className="muted">{t.hint}</p>
      <WhenLoaded loaded={devices}>
        {({ items }) => (
          <Table
            aria-label={t.title}
            rowKey="id"
            size="small"
            columns={columns}
            dataSource={items}
            pagination={false}
          />
        )}
      </WhenLoaded>
      <p className="muted">{t.lost}</p>
    </section>
  );
}

const asking = { okText: t.end, cancelText: zh.common.cancel, icon: null, placement: "left" } as const;

function EndButton({ device, onEnd }: { device: LoggedInDevice; onEnd: () => Promise<void> }) {
  return (
    <Popconfirm {...asking} title={t.sureTitle(nameOf(device))} description={t.sureText} onConfirm={onEnd}>
      <Button size="small" danger aria-label={t.endLabel(nameOf(device))}>
        {t.end}
      </Button>
    </Popconfirm>
  );
}
