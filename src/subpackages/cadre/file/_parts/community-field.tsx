import { type ReactNode, useState } from "react";
import { useQuery } from "../../../../api";
import { Field } from "../../../../components/field";
import { PickerRow } from "../../../../components/picker-row";
import { ChoiceSheet } from "../../../../components/sheet";
import { collaborationStory } from "../../../../i18n/zh/collaboration";

interface Props {
  chosen: string | null;
  /** Whether it is another community than the counter's own. */
  elsewhere: boolean;
  onChoose: (id: string) => void;
}

/** The community of the request: the counter's own, or another for which it accepts (一窗通收). */
export function CommunityField({ chosen, elsewhere, onChoose }: Props): ReactNode {
  const say = collaborationStory.counter;
  const [choosing, setChoosing] = useState(false);
  const communities = useQuery("GET /api/communities", {}).data?.items ?? [];
  const name = communities.find(({ id }) => id === chosen)?.name ?? "";
  return (
    <Field label={say.community} {...(elsewhere && { hint: say.hint })}>
      <PickerRow label={say.community} text={name} placeholder={say.community} onPress={() => setChoosing(true)} />
      {choosing && (
        <ChoiceSheet
          title={say.community}
          options={communities.map(({ id, name: text }) => ({ code: id, text }))}
          chosen={chosen}
          onChoose={onChoose}
          onClose={() => setChoosing(false)}
        />
      )}
    </Field>
  );
}
