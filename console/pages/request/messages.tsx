import type { Message } from "../../../contract/index.ts";
import { Nothing } from "../../components/states.tsx";
import { Time } from "../../components/time.tsx";
import { zh } from "../../i18n/zh.ts";
import { actorWords } from "../../lib/event-words.ts";
import { Photos } from "./photos.tsx";

/** Messages and notes in order. */
export function Messages({ messages }: { messages: readonly Message[] }) {
  if (messages.length === 0) return <Nothing title={zh.request.noMessages} />;
  return (
    <ul className="messages">
      {messages.map((message) => (
        <li key={message.id} className={message.author.mine ? "message message-mine" : "message"}>
          <p className="entry">
            <span>
              <strong>{actorWords(message.author)}</strong>{" "}
              {message.kind === "note" && <span className="tag tag-plain">{zh.request.note}</span>}
              {message.kind === "internal" && <span className="tag tag-wait">{zh.request.internal}</span>}
            </span>
            <span className="muted figures nowrap">
              <Time value={message.at} />
            </span>
          </p>
          <p className="said">{message.text}</p>
          <Photos files={message.files} />
        </li>
      ))}
    </ul>
  );
}
