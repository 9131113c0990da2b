import { View } from "@tarojs/components";
import type { ReactNode } from "react";
import type { Me } from "../../../../contract/index.ts";
import { Button } from "../../../components/button";
import { Field, TextInput } from "../../../components/field";
import { words } from "../../../i18n";
import type { Draft } from "../../../lib/draft";

interface Props {
  me: Me | null;
  contact: Draft["contact"];
  problem: string | undefined;
  onChange: (contact: Draft["contact"]) => void;
}

/** The contact: the resident, or somebody else at home. Renders nothing before registration. */
export function ContactPart({ me, contact, problem, onChange }: Props): ReactNode {
  const say = words.file;
  if (!me?.registration && contact === null) return null;
  if (contact === null) {
    return (
      <View className="link-row">
        <View className="link-row__main">
          <View className="strong">{say.contact}</View>
          <View className="small">{say.contactOwn(me?.name ?? "", me?.registration?.phone ?? "")}</View>
        </View>
        <Button onPress={() => onChange({ name: "", phone: "" })}>{say.contactChange}</Button>
      </View>
    );
  }
  return (
    <Field label={say.contact} problem={problem}>
      <View className="field-pair">
        <TextInput
          label={say.contactName}
          placeholder={say.contactName}
          value={contact.name}
          onChange={(name) => onChange({ ...contact, name })}
        />
        <TextInput
          label={say.contactPhone}
          kind="number"
          max={11}
          placeholder={say.contactPhonePlaceholder}
          value={contact.phone}
          onChange={(phone) => onChange({ ...contact, phone })}
        />
      </View>
      <Button kind="quiet" onPress={() => onChange(null)}>
        {say.contactMe}
      </Button>
    </Field>
  );
}
