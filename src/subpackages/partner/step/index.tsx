import { View } from "@tarojs/components";
import { type ReactNode, useState } from "react";
import { withPhrase } from "../../../../fronts/with-phrase.ts";
import { call, refreshQueries, useAction } from "../../../api";
import { Button } from "../../../components/button";
import { Field, TextArea } from "../../../components/field";
import { Page } from "../../../components/page";
import { PhotoPicker } from "../../../components/photos/picker";
import { Pressable } from "../../../components/pressable";
import { Card } from "../../../components/section";
import { words } from "../../../i18n";
import { partner } from "../../../i18n/zh/partner";
import { photosBlockingSubmit, uploadedIds } from "../../../lib/draft-photos";
import { type StepDraft, loadStepDraft, saveStepDraft } from "../../../lib/step-draft";
import { toast } from "../../../wx/feedback";
import { usePageParam } from "../../../wx/lifecycle";
import { back } from "../../../wx/navigation";
import { storage } from "../../../wx/storage";
import "./index.scss";

type Step = keyof typeof partner.steps;
const isStep = (action: string): action is Step => action in partner.steps;

/**
 * The page of an organization's steps: refusal with a reason, progress, or result with photos. The draft is stored on
 * the
 * device.
 */
export default function TaskStep(): ReactNode {
  const id = usePageParam("id");
  const asked = usePageParam("action");
  const action = isStep(asked) ? asked : "progress";
  return id === "" ? null : <Form key={`${id}.${action}`} id={id} action={action} />;
}

const nothing: StepDraft = { text: "", photos: [] };

function Form({ id, action }: { id: string; action: Step }): ReactNode {
  const say = partner.steps[action];
  const [draft, setDraft] = useState(() => loadStepDraft(storage, id, action));
  const [problem, setProblem] = useState<string | null>(null);
  const step = useAction(async (key, text: string, fileIds: string[]) => {
    const options = { idempotencyKey: key };
    const params = { id };
    if (action === "refuse") await call("POST /api/co-tasks/:id/refuse", { params, body: { reason: text } }, options);
    else if (action === "progress")
      await call("POST /api/co-tasks/:id/progress", { params, body: { text, fileIds } }, options);
    else await call("POST /api/co-tasks/:id/finish", { params, body: { result: text, fileIds } }, options);
    saveStepDraft(storage, id, action, nothing);
    refreshQueries("GET /api/co-tasks");
    toast(say.done);
    back("/subpackages/partner/tasks/index");
  });

  function change(part: (before: StepDraft) => Partial<StepDraft>): void {
    setDraft((before) => {
      const after = { ...before, ...part(before) };
      saveStepDraft(storage, id, action, after);
      return after;
    });
  }

  function submit(): void {
    const text = draft.text.trim();
    const holdUp = photosBlockingSubmit(draft.photos);
    if (text === "") setProblem(words.common.needWords);
    else if (holdUp !== null)
      setProblem(holdUp === "uploading" ? words.file.needUploads : words.file.needUploadsFailed);
    else {
      setProblem(null);
      void step.run(text, uploadedIds(draft.photos));
    }
  }

  return (
    <Page
      title={say.title}
      problem={step.error}
      foot={
        <Button kind="primary" pending={step.pending} onPress={submit}>
          {say.submit}
        </Button>
      }
    >
      <Card className="task-step">
        <Field label={say.label} problem={problem}>
          <TextArea
            label={say.label}
            value={draft.text}
            max={say.max}
            placeholder={say.placeholder}
            onChange={(text) => change(() => ({ text }))}
          />
        </Field>
        <View className="task-step__templates">
          {say.templates.map((template) => (
            <Pressable
              key={template}
              className="task-step__template"
              onPress={() => change(({ text }) => ({ text: withPhrase(text, template, say.templates) }))}
            >
              {template}
            </Pressable>
          ))}
        </View>
        {say.photos && (
          <Field label={words.common.photos} hint={words.file.photosHint}>
            <PhotoPicker
              photos={draft.photos}
              onChange={(next) => change(({ photos }) => ({ photos: next(photos) }))}
            />
          </Field>
        )}
      </Card>
    </Page>
  );
}
