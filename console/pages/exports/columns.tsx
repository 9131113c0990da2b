import { CheckCircleOutlined, ClockCircleOutlined, CloseCircleOutlined } from "@ant-design/icons";
import type { TableColumnsType } from "antd";
import type { Export } from "../../../contract/index.ts";
import { Time } from "../../components/time.tsx";
import { zh } from "../../i18n/zh.ts";
import { sizeWords } from "../../lib/size.ts";
import { ExportAction } from "./export-action.tsx";

const t = zh.exports;
const name = t.columns;

/** The columns of one's own exports. The community is shown when `communities` is not empty. */
export function exportColumns(
  communities: readonly { id: string; name: string }[],
  reload: () => void,
): TableColumnsType<Export> {
  const names = new Map(communities.map((community) => [community.id, community.name]));
  const figures = { align: "right", className: "figures" } as const;
  return [
    {
      title: name.asked,
      key: "asked",
      width: 132,
      className: "figures",
      render: (_, row) => <Time value={row.askedAt} />,
    },
    { title: name.kind, key: "kind", width: 72, render: (_, { kind }) => t.kind[kind] },
    ...(names.size > 0
      ? [
          {
            title: name.community,
            key: "community",
            width: 140,
            ellipsis: true,
            render: (_: unknown, { communityId }: Export) => names.get(communityId) ?? communityId,
          },
        ]
      : []),
    { title: name.format, key: "format", width: 72, render: (_, { format }) => format.toUpperCase() },
    { title: name.personal, key: "personal", width: 96, render: (_, { clear }) => (clear ? t.isClear : t.isMasked) },
    { title: name.state, key: "state", render: (_, row) => <State row={row} /> },
    { ...figures, title: name.rows, key: "rows", width: 88, render: (_, { rows }) => rows },
    {
      ...figures,
      title: name.size,
      key: "size",
      width: 96,
      render: (_, { bytes }) => (bytes === 0 ? zh.common.none : sizeWords(bytes)),
    },
    {
      ...figures,
      title: name.expires,
      key: "expires",
      width: 132,
      render: (_, { expiresAt }) => (expiresAt === null ? zh.common.none : <Time value={expiresAt} />),
    },
    {
      title: name.action,
      key: "action",
      width: 104,
      align: "right",
      render: (_, row) => <ExportAction row={row} reload={reload} />,
    },
  ];
}

const looks = {
  queued: ["tag-quiet", ClockCircleOutlined],
  running: ["tag-wait", ClockCircleOutlined],
  done: ["tag-good", CheckCircleOutlined],
  failed: ["tag-bad", CloseCircleOutlined],
  canceled: ["tag-quiet", CloseCircleOutlined],
  expired: ["tag-quiet", ClockCircleOutlined],
} as const;

function State({ row }: { row: Export }) {
  const [look, Icon] = looks[row.state];
  const hint = { failed: t.failedHint, expired: t.expiredHint, running: t.written(row.rows) };
  return (
    <>
      <span className={`tag ${look}`}>
        <Icon aria-hidden /> {t.states[row.state]}
      </span>
      <span className="muted">{row.state in hint && hint[row.state as keyof typeof hint]}</span>
    </>
  );
}
