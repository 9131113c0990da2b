import { type ReactNode, useState } from "react";
import type { Request } from "../../../../../contract/index.ts";
import { useQuery } from "../../../../api";
import { Field, TextArea } from "../../../../components/field";
import { PickerRow } from "../../../../components/picker-row";
import { Card } from "../../../../components/section";
import { ChoiceSheet } from "../../../../components/sheet";
import { Problem } from "../../../../components/states";
import { sayAgo } from "../../../../i18n/time-words";
import { words } from "../../../../i18n";
import { useNow } from "../../../../lib/use-now";
import { say } from "../../zh";

export interface Draft {
  text: string;
  /** The request that the complaint is about. Null: none in particular. */
  about: Request | null;
}

interface Props {
  draft: Draft;
  /** Who will read the complaint. */
  readers: string;
  problem: string | null;
  onChange: (draft: Draft) => void;
}

const NONE = "";
const LIMIT = 50;

/** The form of a complaint: its text, and which of the person's requests it is about. */
export function ComplaintForm({ draft, readers, problem, onChange }: Props): ReactNode {
  const now = useNow();
  const [choosing, setChoosing] = useState(false);
  const { data, error } = useQuery("GET /api/requests", { query: { scope: "mine", limit: LIMIT } });
  const requests = data?.items ?? [];
  const options = [
    { code: NONE, text: say.aboutNone },
    ...requests.map(({ id, title, serviceTitle, submittedAt }) => ({
      code: id,
      text: title,
      hint: [serviceTitle, sayAgo(new Date(submittedAt), now)].join(words.common.dot),
    })),
  ];
  return (
    <Card className="complaint__part">
      <Field label={say.words} problem={problem} hint={readers}>
        <TextArea
          label={say.words}
          value={draft.text}
          placeholder={say.placeholder}
          onChange={(text) => onChange({ ...draft, text })}
        />
      </Field>
      <Problem message={error} />
      {requests.length > 0 && (
        <Field label={say.about}>
          <PickerRow
            label={say.about}
            text={draft.about?.title ?? ""}
            placeholder={say.aboutNone}
            onPress={() => setChoosing(true)}
          />
        </Field>
      )}
      {choosing && (
        <ChoiceSheet
          title={say.aboutTitle}
          options={options}
          chosen={draft.about?.id ?? NONE}
          onChoose={(code) => onChange({ ...draft, about: requests.find(({ id }) => id === code) ?? null })}
          onClose={() => setChoosing(false)}
        />
      )}
    </Card>
  );
}
