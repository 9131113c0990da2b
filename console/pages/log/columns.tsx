import type { TableColumnsType } from "antd";
import { Link } from "react-router";
import type { LogEntry, Service } from "../../../contract/index.ts";
import { Highlight } from "../../components/highlight.tsx";
import { ExactTime } from "../../components/time.tsx";
import { zh } from "../../i18n/zh.ts";
import { actorWords, eventTypeWord, eventWords } from "../../lib/event-words.ts";

const t = zh.log;
const name = t.columns;

/** The last eight characters of a seal, for a comparison by eye. The part before the colon names the key. */
export const shortSeal = (seal: string): string => seal.slice(-8);

/** A community's name. Events without a community belong to the installation. */
export const communityWord = (id: string, communities: readonly { id: string; name: string }[]): string =>
  communities.find((one) => one.id === id)?.name ?? (id === "installation" ? t.installation : id);

interface Options {
  services: readonly Service[];
  /** Whether the community is shown. */
  spans: boolean;
  communities: readonly { id: string; name: string }[];
}

/** The columns of the service log. Times are exact, because it is the record. */
export function logColumns({ services, spans, communities }: Options): TableColumnsType<LogEntry> {
  const titles = new Map(services.map(({ serviceCode, title }) => [serviceCode, title]));
  return [
    { title: name.pos, key: "pos", dataIndex: "pos", width: 72, align: "right", className: "figures" },
    { title: name.at, key: "at", width: 164, className: "figures", render: (_, { at }) => <ExactTime value={at} /> },
    ...(spans
      ? [
          {
            title: name.community,
            key: "community",
            width: 104,
            ellipsis: true,
            render: (_: unknown, { communityId }: LogEntry) => communityWord(communityId, communities),
          },
        ]
      : []),
    {
      title: name.type,
      key: "type",
      width: 104,
      ellipsis: true,
      render: (_, { type }) => <span title={type}>{eventTypeWord(type)}</span>,
    },
    { title: name.no, key: "no", width: 124, render: (_, entry) => <RequestLink entry={entry} /> },
    {
      title: name.service,
      key: "service",
      width: 112,
      ellipsis: true,
      render: (_, { serviceCode }) =>
        serviceCode === null ? zh.common.none : (titles.get(serviceCode) ?? serviceCode),
    },
    {
      title: name.actor,
      key: "actor",
      width: 124,
      ellipsis: true,
      render: (_, { actor, found }) => <Highlight text={actorWords(actor)} words={found} />,
    },
    { title: name.what, key: "what", ellipsis: true, render: (_, entry) => <What entry={entry} /> },
    {
      title: name.seal,
      key: "seal",
      width: 92,
      render: (_, { seal }) => (
        <span className="code muted" title={t.sealHint(seal)}>
          {shortSeal(seal)}
        </span>
      ),
    },
  ];
}

function RequestLink({ entry }: { entry: LogEntry }) {
  if (entry.requestId === null) return zh.common.none;
  return (
    <Link
      data-row
      className="code row-link"
      to={`/requests/${entry.requestId}?open=true`}
      state={{ back: true }}
      aria-label={zh.requests.open(entry.requestNo ?? entry.requestId)}
    >
      {entry.requestNo ?? entry.requestId.slice(-8)}
    </Link>
  );
}

function What({ entry }: { entry: LogEntry }) {
  const { sentence, words } = eventWords(entry);
  return (
    <span title={words ?? sentence}>
      <Highlight text={sentence} words={entry.found} />
      {words && (
        <span className="muted what-words">
          <Highlight text={words} words={entry.found} />
        </span>
      )}
    </span>
  );
}
