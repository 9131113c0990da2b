import { Input, Textarea, View } from "@tarojs/components";
import type { ReactNode } from "react";
import { words } from "../../i18n";
import { labelledField } from "../../wx/labelled-field";

/** The distance between the field and the keyboard, px. It leaves room for the error below the field. */
const KEYBOARD_GAP = 96;

interface FieldProps {
  label: string;
  children: ReactNode;
  /** The error, shown below the field. */
  problem?: string | null;
  hint?: string;
}

/** A label, a control, and its error. */
export function Field({ label, children, problem, hint }: FieldProps): ReactNode {
  return (
    <View className="field">
      {label !== "" && <View className="field__label">{label}</View>}
      {children}
      {problem ? <View className="field__problem">{problem}</View> : hint && <View className="small">{hint}</View>}
    </View>
  );
}

interface TextProps {
  value: string;
  onChange: (value: string) => void;
  placeholder?: string;
  max?: number;
  label: string;
}

/** A one-line input. `kind` chooses the keyboard. */
export function TextInput({
  value,
  onChange,
  placeholder,
  max = 20,
  kind = "text",
  label,
}: TextProps & { kind?: "text" | "number" }): ReactNode {
  return (
    <Input
      className="input"
      type={kind}
      value={value}
      maxlength={max}
      placeholder={placeholder}
      placeholderClass="placeholder"
      {...labelledField(label)}
      adjustPosition
      cursorSpacing={KEYBOARD_GAP}
      onInput={(event) => onChange(event.detail.value)}
    />
  );
}

/** A multi-line input. Shows the number of remaining characters near the limit. */
export function TextArea({ value, onChange, placeholder, max = 1000, label }: TextProps): ReactNode {
  const left = max - value.length;
  return (
    <View>
      <Textarea
        className="textarea"
        value={value}
        maxlength={max}
        placeholder={placeholder}
        placeholderClass="placeholder"
        {...labelledField(label)}
        adjustPosition
        cursorSpacing={KEYBOARD_GAP}
        disableDefaultPadding
        onInput={(event) => onChange(event.detail.value)}
      />
      {left < 50 && <View className="small">{words.common.charsLeft(left)}</View>}
    </View>
  );
}
