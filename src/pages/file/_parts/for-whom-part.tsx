import type { ReactNode } from "react";
import type { Community, Relation } from "../../../../contract/index.ts";
import { Chips } from "../../../components/chips";
import { Field } from "../../../components/field";
import { PrincipalFields, nobody } from "../../../components/principal";
import { words } from "../../../i18n";
import type { Draft } from "../../../lib/draft";
import type { Problems } from "./check-draft";

interface Props {
  elder: Draft["elder"];
  community: Community | undefined;
  problems: Problems;
  onChange: (elder: Draft["elder"]) => void;
}

const relations = Object.keys(words.proxyFiling.relations) as Relation[];

/** Chooses whether the request is for the resident or for an elder in the family, who will own it. */
export function ForWhomPart({ elder, community, problems, onChange }: Props): ReactNode {
  const say = words.proxyFiling;
  return (
    <>
      <Field label={say.forWhom} {...(elder && { hint: say.elderHint })}>
        <Chips
          choices={[
            { code: "me", text: say.forMe },
            { code: "elder", text: say.forElder },
          ]}
          chosen={[elder === null ? "me" : "elder"]}
          onChoose={(code) => onChange(code === "me" ? null : (elder ?? { ...nobody, relation: null }))}
        />
      </Field>
      {elder !== null && (
        <>
          <Field label={say.relation} problem={problems.relation}>
            <Chips
              choices={relations.map((code) => ({ code, text: say.relations[code] }))}
              chosen={elder.relation === null ? [] : [elder.relation]}
              onChoose={(relation) => onChange({ ...elder, relation })}
            />
          </Field>
          <PrincipalFields
            principal={elder}
            community={community}
            say={say}
            problems={problems}
            onChange={(principal) => onChange({ ...elder, ...principal })}
          />
        </>
      )}
    </>
  );
}
