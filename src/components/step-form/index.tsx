import { View } from "@tarojs/components";
import { type ReactNode, useState } from "react";
import type { ReturnCode } from "../../../contract/index.ts";
import { withPhrase } from "../../../fronts/with-phrase.ts";
import { type WordStep, longest, takeStep, takesPhotos, takesUntil, useAction, useMe, useQuery } from "../../api";
import { words } from "../../i18n";
import { sayUntil } from "../../i18n/time-words";
import { photosBlockingSubmit, uploadedIds } from "../../lib/draft-photos";
import { timeRequestEnds } from "../../lib/time-request-ends";
import { type StepDraft, loadStepDraft, saveStepDraft } from "../../lib/step-draft";
import { useNow } from "../../lib/use-now";
import { confirm, toast } from "../../wx/feedback";
import { back } from "../../wx/navigation";
import { storage } from "../../wx/storage";
import { Button } from "../button";
import { Chips } from "../chips";
import { Field, TextArea } from "../field";
import { Page } from "../page";
import { PhotoPicker } from "../photos/picker";
import { Pressable } from "../pressable";
import { Card } from "../section";

const returnChoices = Object.entries(words.request.returnCodes).map(([code, text]) => ({
  code: code as ReturnCode,
  text,
}));

/** The community's templates for a step, or the app's own when the community has none. */
function useTemplates(action: WordStep): readonly string[] {
  const { role, communityId } = useMe()?.actingAs ?? { role: "resident", communityId: null };
  const isStaff = communityId !== null && (role === "cadre" || role === "committee");
  const found = useQuery("GET /api/communities/:id/templates", isStaff ? { params: { id: communityId } } : null);
  const own = found.data?.items.filter(({ step }) => step === action).map(({ text }) => text) ?? [];
  return own.length > 0 ? own : words.steps[action].templates;
}

/** The page of a step that needs a text: field, templates, photos, one button. The draft is stored on the device. */
export function StepForm({ id, action }: { id: string; action: WordStep }): ReactNode {
  const say = words.steps[action];
  const [draft, setDraft] = useState<StepDraft>(() => loadStepDraft(storage, id, action));
  const templates = useTemplates(action);
  const [code, setCode] = useState<ReturnCode>("not-my-post");
  const now = useNow();
  const [ends] = useState(() =>
    timeRequestEnds(now).map((end) => ({ code: end.toISOString(), text: words.common.until(sayUntil(end, now)) })),
  );
  const [problem, setProblem] = useState<string | null>(null);
  const step = useAction(async (key, text: string, rest: { fileIds: string[]; until: string; code: ReturnCode }) => {
    await takeStep(key, action, id, text, rest);
    saveStepDraft(storage, id, action, { text: "", photos: [] });
    toast(say.done);
    back();
  });

  function change(part: (before: StepDraft) => Partial<StepDraft>): void {
    setDraft((before) => {
      const after = { ...before, ...part(before) };
      saveStepDraft(storage, id, action, after);
      return after;
    });
  }

  function submit(): void {
    const holdUp = photosBlockingSubmit(draft.photos);
    const text = draft.text.trim();
    if (text === "") setProblem(words.common.needWords);
    else if (holdUp !== null)
      setProblem(holdUp === "uploading" ? words.file.needUploads : words.file.needUploadsFailed);
    else {
      setProblem(null);
      void take(text);
    }
  }

  async function take(text: string): Promise<void> {
    const { finally: last } = say;
    const sure = last === undefined || (await confirm({ ...last, yes: say.submit, no: words.common.cancel }));
    const until = draft.until ?? ends[0]?.code ?? "";
    if (sure) await step.run(text, { fileIds: uploadedIds(draft.photos), until, code });
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
      <Card className="step-form">
        {action === "release" && (
          <Field label={words.request.returnWhy}>
            <Chips choices={returnChoices} chosen={[code]} onChoose={setCode} />
          </Field>
        )}
        {takesUntil(action) && (
          <Field label={words.common.untilWhen}>
            <Chips
              choices={ends}
              chosen={[draft.until ?? ends[0]?.code ?? ""]}
              onChoose={(until) => change(() => ({ until }))}
            />
          </Field>
        )}
        <Field label={say.label} hint={say.hint} problem={problem}>
          <TextArea
            label={say.label}
            value={draft.text}
            max={longest[action]}
            placeholder={say.placeholder}
            onChange={(text) => change(() => ({ text }))}
          />
        </Field>
        {templates.length > 0 && (
          <View className="step-form__templates">
            {templates.map((template) => (
              <Pressable
                key={template}
                className="step-form__template"
                onPress={() => change(({ text }) => ({ text: withPhrase(text, template, templates) }))}
              >
                {template}
              </Pressable>
            ))}
          </View>
        )}
        {takesPhotos(action) && (
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
