import { View } from "@tarojs/components";
import type { ReactNode } from "react";
import { Icon } from "../icon";
import { Pressable } from "../pressable";

interface Props {
  /** The chosen value; the placeholder is shown when it is empty. */
  text: string;
  placeholder: string;
  label: string;
  onPress: () => void;
  disabled?: boolean;
}

/** A row that looks like an input and opens a sheet of choices. */
export function PickerRow({ text, placeholder, label, onPress, disabled = false }: Props): ReactNode {
  return (
    <Pressable
      className="input picker-row"
      label={`${label} ${text || placeholder}`}
      disabled={disabled}
      onPress={onPress}
    >
      <View className={text === "" ? "picker-row__text placeholder" : "picker-row__text"}>{text || placeholder}</View>
      <Icon name="down" />
    </Pressable>
  );
}
