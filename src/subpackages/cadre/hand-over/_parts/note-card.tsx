import { View } from "@tarojs/components";
import { type ReactNode, useState } from "react";
import type { Reply } from "../../../../../contract/index.ts";
import { withPhrase } from "../../../../../fronts/with-phrase.ts";
import { call, useAction } from "../../../../api";
import { Button } from "../../../../components/button";
import { Chips } from "../../../../components/chips";
import { Field, TextArea } from "../../../../components/field";
import { Pressable } from "../../../../components/pressable";
import { Card } from "../../../../components/section";
import { handOver as say } from "../../../../i18n/zh/hand-over";
import { sayMoment, sayUntil } from "../../../../i18n/time-words";
import { loadStepDraft, saveStepDraft } from "../../../../lib/step-draft";
import { storage } from "../../../../wx/storage";

type Handover = Reply<"GET /api/duty/handover">;

interface Props {
  request: Handover["requests"][number];
  colleagues: Handover["colleagues"];
  now: Date;
  onWritten: (said: string) => void;
}

/** The choice to keep the request. */
const SELF = "self";
const MAX_CHARACTERS = 500;
const ACTION = "hand-over";

/**
 * The hand-over note of one request, and who continues. An earlier note can be changed. The draft is stored on the
 * device.
 */
export function NoteCard({ request, colleagues, now, onWritten }: Props): ReactNode {
  const { id, title, building, serviceTitle } = request;
  const [note, setNote] = useState(() => loadStepDraft(storage, id, ACTION).text || (request.note ?? ""));
  const [chosen, setChosen] = useState(SELF);
  const choices = [
    { code: SELF, text: say.self },
    ...colleagues.map(({ id: code, name, onDuty, at }) => ({
      code,
      text: onDuty ? say.onDuty(name, sayUntil(new Date(at), now)) : say.coming(name, sayMoment(new Date(at), now)),
    })),
  ];
  const write = (text: string): void => {
    setNote(text);
    saveStepDraft(storage, id, ACTION, { text, photos: [] });
  };
  const submit = useAction(async (key) => {
    const to = colleagues.find((colleague) => colleague.id === chosen);
    const body = { note: note.trim(), cadreId: to?.id ?? null };
    await call("POST /api/requests/:id/hand-over", { params: { id }, body }, { idempotencyKey: key });
    saveStepDraft(storage, id, ACTION, { text: "", photos: [] });
    onWritten(to ? say.doneTo(to.name) : say.done);
  });
  return (
    <Card className="hand-over">
      <View className="strong">{title}</View>
      <View className="small">{`${serviceTitle} · ${building}`}</View>
      <Field label={say.note} problem={submit.error?.message ?? null}>
        <TextArea label={say.note} value={note} max={MAX_CHARACTERS} placeholder={say.placeholder} onChange={write} />
      </Field>
      <View className="hand-over__templates">
        {say.templates.map((template) => (
          <Pressable
            key={template}
            className="hand-over__template"
            onPress={() => write(withPhrase(note, template, say.templates))}
          >
            {template}
          </Pressable>
        ))}
      </View>
      <Field label={say.who} {...(colleagues.length === 0 ? { hint: say.nobody } : {})}>
        <Chips choices={choices} chosen={[chosen]} onChoose={setChosen} />
      </Field>
      <Button kind="primary" disabled={note.trim() === ""} pending={submit.pending} onPress={() => void submit.run()}>
        {say.submit}
      </Button>
    </Card>
  );
}
