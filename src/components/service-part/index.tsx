import { View } from "@tarojs/components";
import { type ReactNode, useState } from "react";
import type { Service } from "../../../contract/index.ts";
import { words } from "../../i18n";
import { Chips } from "../chips";
import { Field, TextInput } from "../field";
import { Icon } from "../icon";
import { PickerRow } from "../picker-row";
import { ChoiceSheet } from "../sheet";

interface Props {
  services: readonly Service[];
  service: Service | null;
  /** Whether the service was suggested from the description. */
  guessed: boolean;
  answers: Readonly<Record<string, string>>;
  problems: Partial<Record<"service" | `answer:${string}`, string>>;
  onChoose: (serviceCode: string) => void;
  onAnswer: (code: string, answer: string) => void;
}

/** The service, suggested from the description and changeable, and the service's questions. */
export function ServicePart({ services, service, guessed, answers, problems, onChoose, onAnswer }: Props): ReactNode {
  const [choosing, setChoosing] = useState(false);
  const say = words.file;
  const hint = service === null ? say.serviceNone : guessed ? say.serviceSuggested : service.description;
  return (
    <>
      <Field label={say.service} problem={problems.service} hint={hint}>
        <PickerRow
          label={say.service}
          text={service?.title ?? ""}
          placeholder={say.servicePick}
          onPress={() => setChoosing(true)}
        />
      </Field>
      {service?.emergencyNotice && (
        <View className="notice notice--bad">
          <Icon name="alert" />
          <View className="notice__words">{service.emergencyNotice}</View>
        </View>
      )}
      {(service?.questions ?? []).map((question) => (
        <Field
          key={question.code}
          label={question.required ? question.label : `${question.label}（${words.common.optional}）`}
          problem={problems[`answer:${question.code}`]}
        >
          {question.kind === "choice" ? (
            <Chips
              choices={question.options.map((option) => ({ code: option, text: option }))}
              chosen={[answers[question.code] ?? ""]}
              onChoose={(option) => onAnswer(question.code, option)}
            />
          ) : (
            <TextInput
              label={question.label}
              value={answers[question.code] ?? ""}
              max={200}
              onChange={(text) => onAnswer(question.code, text)}
            />
          )}
        </Field>
      ))}
      {choosing && (
        <ChoiceSheet
          title={say.servicePick}
          options={services.map(({ serviceCode, title, groupTitle, description }) => ({
            code: serviceCode,
            text: title,
            hint: [groupTitle, description].join(words.common.dot),
          }))}
          chosen={service?.serviceCode ?? null}
          onChoose={onChoose}
          onClose={() => setChoosing(false)}
        />
      )}
    </>
  );
}
