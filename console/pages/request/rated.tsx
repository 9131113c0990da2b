import { StarFilled, StarOutlined } from "@ant-design/icons";
import type { RequestDetail } from "../../../contract/index.ts";
import { Time } from "../../components/time.tsx";
import { zh } from "../../i18n/zh.ts";

type Given = NonNullable<RequestDetail["rating"]>;
const aspects = ["response", "attitude", "result"] as const;
const STARS = [1, 2, 3, 4, 5];

/** The resident's rating. The server includes it only in replies to people who may see it. */
export function Rated({ rating }: { rating: Given }) {
  return (
    <section className={`callout ${rating.outcome === "unsolved" ? "callout-bad" : "callout-good"}`}>
      <h3>
        {zh.request.rating}：{zh.outcome[rating.outcome]}
      </h3>
      <p className="scores">
        {aspects.map((aspect) => (
          <span key={aspect}>
            {zh.score[aspect]}{" "}
            <span className="stars" aria-hidden="true">
              {STARS.map((n) =>
                n <= rating.scores[aspect] ? <StarFilled aria-hidden key={n} /> : <StarOutlined aria-hidden key={n} />,
              )}
            </span>{" "}
            <strong className="figures">{rating.scores[aspect]}</strong>
          </span>
        ))}
      </p>
      {rating.tags.length > 0 && (
        <p>
          {rating.tags.map((tag) => (
            <span key={tag} className="tag tag-plain">
              {tag}
            </span>
          ))}
        </p>
      )}
      {rating.comment && <p className="said">{rating.comment}</p>}
      <small className="muted">
        <Time value={rating.at} />
      </small>
    </section>
  );
}
