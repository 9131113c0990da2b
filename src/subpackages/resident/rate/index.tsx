import { View } from "@tarojs/components";
import { type ReactNode, useState } from "react";
import type { Input } from "../../../../contract/index.ts";
import { call, refreshQueries, useAction, useQuery } from "../../../api";
import { Button } from "../../../components/button";
import { Chips } from "../../../components/chips";
import { Field, TextArea } from "../../../components/field";
import { Page } from "../../../components/page";
import { QueryView } from "../../../components/query-view";
import { Card } from "../../../components/section";
import { words } from "../../../i18n";
import { toast } from "../../../wx/feedback";
import { usePageParam } from "../../../wx/lifecycle";
import { back } from "../../../wx/navigation";
import { storage } from "../../../wx/storage";
import { OutcomeChoice } from "./_parts/outcome-choice";
import { type RatingDraft, loadRating, saveRating } from "./_parts/rating-draft";
import { Stars } from "./_parts/stars";
import "./index.scss";

type Body = Input<"POST /api/requests/:id/rate">["body"];
const kinds = ["response", "attitude", "result"] as const;
const nothing: RatingDraft = { outcome: null, scores: {}, tags: [], comment: "" };

/**
 * The resident's rating: first the outcome, then three scores. For a day after the rating the page shows the earlier
 * one
 * for changes. The draft is stored on the device.
 */
export default function Rate(): ReactNode {
  const say = words.request.rate;
  const id = usePageParam("id");
  const query = useQuery("GET /api/requests/:id", id === "" ? null : { params: { id } });
  const before = query.data?.abilities.includes("rate") ? query.data.rating : null;
  const [draft, setDraft] = useState(() => loadRating(storage, id));
  const [problem, setProblem] = useState<string | null>(null);
  const { outcome, scores, tags: picked, comment } = draft ?? before ?? nothing;
  const low = outcome === "unsolved" || Object.values(scores).some((score) => score <= 2);
  const offered = low ? say.badTags : say.goodTags;
  // Tags that were picked for another outcome are no longer shown, so they are not sent.
  const tags = picked.filter((tag) => offered.includes(tag));

  const rate = useAction(async (key, body: Body) => {
    await call("POST /api/requests/:id/rate", { params: { id }, body }, { idempotencyKey: key });
    saveRating(storage, id, null);
    refreshQueries("GET /api/requests");
    toast(body.outcome === "unsolved" ? say.redo : say.thanks);
    back();
  });

  function change(part: (given: RatingDraft) => Partial<RatingDraft>): void {
    setDraft((earlier) => {
      const given = earlier ?? before ?? nothing;
      const after = { ...given, ...part(given) };
      saveRating(storage, id, after);
      return after;
    });
  }

  function submit(): void {
    const { response, attitude, result } = scores;
    if (outcome === null) setProblem(say.needOutcome);
    else if (!response || !attitude || !result) setProblem(say.needScores);
    else {
      setProblem(null);
      void rate.run({ outcome, scores: { response, attitude, result }, tags, comment: comment.trim() });
    }
  }

  return (
    <Page
      title={say.title}
      problem={rate.error ?? problem}
      foot={
        query.data && (
          <Button kind="primary" pending={rate.pending} onPress={submit}>
            {say.submit}
          </Button>
        )
      }
    >
      <QueryView query={query}>{form}</QueryView>
    </Page>
  );

  function form(): ReactNode {
    return (
      <>
        <Card className="rate__part">
          <View className="title">{say.question}</View>
          <OutcomeChoice chosen={outcome} onChoose={(chosen) => change(() => ({ outcome: chosen }))} />
          {outcome !== null && <View className="small">{say.hint[outcome]}</View>}
        </Card>
        <Card className="rate__part">
          {kinds.map((kind) => (
            <Stars
              key={kind}
              name={say[kind]}
              score={scores[kind] ?? 0}
              onScore={(score) => change((given) => ({ scores: { ...given.scores, [kind]: score } }))}
            />
          ))}
        </Card>
        <Card className="rate__part">
          <Field label={say.tags}>
            <Chips
              choices={offered.map((tag) => ({ code: tag, text: tag }))}
              chosen={tags}
              onChoose={(tag) =>
                change(({ tags: all }) => ({
                  tags: all.includes(tag) ? all.filter((one) => one !== tag) : [...all, tag],
                }))
              }
            />
          </Field>
          <TextArea
            label={say.comment}
            value={comment}
            max={500}
            placeholder={say.commentPlaceholder}
            onChange={(written) => change(() => ({ comment: written }))}
          />
          <View className="small">{say.changeable}</View>
          <View className="small">{say.private}</View>
        </Card>
      </>
    );
  }
}
