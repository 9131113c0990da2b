import { Button, type TableColumnsType } from "antd";
import { Link } from "react-router";
import type { LogEntry } from "../../../contract/index.ts";
import { ExactTime } from "../../components/time.tsx";
import { zh } from "../../i18n/zh.ts";
import { textOf } from "../../lib/event-data.ts";
import { actorWords, eventTypeWord, eventWords } from "../../lib/event-words.ts";
import { communityWord, shortSeal } from "../log/columns.tsx";

const t = zh.audit;
const name = t.columns;

/** The columns of the audit trail. A click on a name filters by that person. */
export function auditColumns({
  spans,
  communities,
  onPerson,
}: {
  spans: boolean;
  communities: readonly { id: string; name: string }[];
  onPerson: (id: string) => void;
}): TableColumnsType<LogEntry> {
  return [
    { title: name.pos, key: "pos", dataIndex: "pos", width: 72, align: "right", className: "figures" },
    { title: name.at, key: "at", width: 168, className: "figures", render: (_, { at }) => <ExactTime value={at} /> },
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
    { title: name.type, key: "type", width: 120, render: (_, { type }) => eventTypeWord(type) },
    {
      title: name.who,
      key: "who",
      width: 148,
      render: (_, { actor }) =>
        actor.role === "system" ? (
          actorWords(actor)
        ) : (
          <Button
            type="link"
            size="small"
            className="cell-link"
            data-row
            aria-label={t.personOnly(actorWords(actor))}
            onClick={() => onPerson(actor.id)}
          >
            {actorWords(actor)}
          </Button>
        ),
    },
    { title: name.what, key: "what", render: (_, entry) => eventWords(entry).sentence },
    { title: name.why, key: "why", render: (_, entry) => eventWords(entry).words ?? zh.common.none },
    { title: name.no, key: "no", width: 124, render: (_, entry) => <About entry={entry} /> },
    {
      title: name.seal,
      key: "seal",
      width: 92,
      render: (_, { seal }) => (
        <span className="code muted" title={zh.log.sealHint(seal)}>
          {shortSeal(seal)}
        </span>
      ),
    },
  ];
}

function About({ entry }: { entry: LogEntry }) {
  const requestId = entry.requestId ?? textOf(entry.data, "requestId");
  if (requestId === null) return zh.common.none;
  return (
    <Link className="code row-link" to={`/requests/${requestId}`} state={{ back: true }}>
      {entry.requestNo ?? requestId.slice(-8)}
    </Link>
  );
}
