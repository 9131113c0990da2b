import { View } from "@tarojs/components";
import { type ReactNode, useState } from "react";
import type { Input, Rating } from "../../../../contract/index.ts";
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
import { OutcomeChoice } from "./_parts/outcome-choice";
import { Stars } from "./_parts/stars";
import "./index.scss";

type Body = Input<"POST /api/requests/:id/rate">["body"];
type Scores = Partial<Rating["scores"]>;
const kinds = ["response", "attitude", "result"] as const;

/** The resident's word on it: solved or not comes first, then three scores. For a day it opens with what was said before. */
export default function Rate(): ReactNode {
  const id = usePageParam("id");
  const query = useQuery("GET /api/requests/:id", id === "" ? null : { params: { id } });
  return (
    <QueryView query={query}>
      {(detail) => <RateForm id={id} before={detail.abilities.includes("rate") ? detail.rating : null} />}
    </QueryView>
  );
}

function RateForm({ id, before }: { id: string; before: Rating | null }): ReactNode {
  const say = words.request.rate;
  const [outcome, setOutcome] = useState<Rating["outcome"] | null>(before?.outcome ?? null);
  const [scores, setScores] = useState<Scores>(before?.scores ?? {});
  const [tags, setTags] = useState<readonly string[]>(before?.tags ?? []);
  const [comment, setComment] = useState(before?.comment ?? "");
  const [problem, setProblem] = useState<string | null>(null);

  const rate = useAction(async (key, body: Body) => {
    await call("POST /api/requests/:id/rate", { params: { id }, body }, { idempotencyKey: key });
    refreshQueries("GET /api/requests");
    toast(body.outcome === "unsolved" ? say.redo : say.thanks);
    back();
  });

  function submit(): void {
    const { response, attitude, result } = scores;
    if (outcome === null) setProblem(say.needOutcome);
    else if (!response || !attitude || !result) setProblem(say.needScores);
    else {
      setProblem(null);
      void rate.run({ outcome, scores: { response, attitude, result }, tags: [...tags], comment: comment.trim() });
    }
  }

  const low = outcome === "unsolved" || Object.values(scores).some((score) => score <= 2);
  const offered = low ? say.badTags : say.goodTags;
  return (
    <Page
      title={say.title}
      problem={rate.error?.message ?? problem}
      foot={
        <Button kind="primary" pending={rate.pending} onPress={submit}>
          {say.submit}
        </Button>
      }
    >
      <Card className="rate__part">
        <View className="title">{say.question}</View>
        <OutcomeChoice chosen={outcome} onChoose={setOutcome} />
        {outcome !== null && <View className="small">{say.hint[outcome]}</View>}
      </Card>
      <Card className="rate__part">
        {kinds.map((kind) => (
          <Stars
            key={kind}
            name={say[kind]}
            score={scores[kind] ?? 0}
            onScore={(score) => setScores((given) => ({ ...given, [kind]: score }))}
          />
        ))}
      </Card>
      <Card className="rate__part">
        <Field label={say.tags}>
          <Chips
            choices={offered.map((tag) => ({ code: tag, text: tag }))}
            chosen={tags}
            onChoose={(tag) => setTags((all) => (all.includes(tag) ? all.filter((one) => one !== tag) : [...all, tag]))}
          />
        </Field>
        <TextArea
          label={say.comment}
          value={comment}
          max={500}
          placeholder={say.commentPlaceholder}
          onChange={setComment}
        />
        <View className="small">{say.changeable}</View>
        <View className="small">{say.private}</View>
      </Card>
    </Page>
  );
}
