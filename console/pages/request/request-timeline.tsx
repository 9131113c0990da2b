import { Timeline } from "antd";
import type { Message, RequestDetail, TimelineEntry } from "../../../contract/index.ts";
import { Time } from "../../components/time.tsx";
import { zh } from "../../i18n/zh.ts";
import { actorWords, eventWords } from "../../lib/event-words.ts";
import { Photos } from "./photos.tsx";

const tones: Readonly<Record<string, string>> = {
  "request.resolved": "green",
  "request.rejected": "red",
  "request.withdrawn": "gray",
  "request.asked": "orange",
};

/** All events of the request in sentences, newest first. The text of a message stands below its sentence. */
export function RequestTimeline({ request }: { request: RequestDetail }) {
  const said = new Map(request.messages.map((message) => [message.id, message]));
  const items = request.timeline
    .toSorted((a, b) => a.at.localeCompare(b.at))
    .toReversed()
    .map((entry) => ({
      key: entry.id,
      color: tones[entry.type] ?? "gray",
      content: <Entry entry={entry} message={said.get(String(entry.data["messageId"]))} />,
    }));
  return (
    <div role="log" aria-label={zh.request.timeline}>
      <Timeline items={items} />
    </div>
  );
}

function Entry({ entry, message }: { entry: TimelineEntry; message: Message | undefined }) {
  const { sentence, words } = eventWords(entry);
  const text = words ?? message?.text ?? null;
  return (
    <>
      <p className="entry">
        <span>
          <strong>{actorWords(entry.actor)}</strong> {sentence}
        </span>
        <span className="muted figures nowrap">
          <Time value={entry.at} />
        </span>
      </p>
      {text && <p className="said entry-words">{text}</p>}
      {message && <Photos files={message.files} />}
    </>
  );
}
