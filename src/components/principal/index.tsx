import type { ReactNode } from "react";
import type { Community } from "../../../contract/index.ts";
import { words } from "../../i18n";
import type { PrincipalPart } from "../../lib/check-principal";
import type { Principal } from "../../lib/draft";
import { Field, TextInput } from "../field";
import { PlacePicker } from "../place-picker";

interface Props {
  principal: Principal;
  community: Community | undefined;
  say: { name: string; namePlaceholder: string; phone: string; phonePlaceholder: string };
  problems: Partial<Record<PrincipalPart, string>>;
  onChange: (principal: Principal) => void;
}

export const nobody: Principal = { name: "", phone: "", place: { building: "", unit: "", room: "" } };

/** The fields of a person for whom somebody else files: name, phone, home. */
export function PrincipalFields({ principal, community, say, problems, onChange }: Props): ReactNode {
  return (
    <>
      <Field label={say.name} problem={problems.name}>
        <TextInput
          label={say.name}
          value={principal.name}
          placeholder={say.namePlaceholder}
          onChange={(name) => onChange({ ...principal, name })}
        />
      </Field>
      <Field label={say.phone} problem={problems.phone} hint={words.proxyFiling.phoneHint}>
        <TextInput
          label={say.phone}
          kind="number"
          max={11}
          value={principal.phone}
          placeholder={say.phonePlaceholder}
          onChange={(phone) => onChange({ ...principal, phone })}
        />
      </Field>
      <PlacePicker
        buildings={community?.buildings ?? []}
        place={principal.place}
        roomLabel={words.proxyFiling.room}
        roomPlaceholder={words.proxyFiling.roomPlaceholder}
        {...(problems.home !== undefined && { problems: { room: problems.home } })}
        onChange={(place) => onChange({ ...principal, place })}
      />
    </>
  );
}
