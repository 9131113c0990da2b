import { ScrollView, View } from "@tarojs/components";
import type { ReactNode } from "react";
import { words } from "../../i18n";
import { useModal } from "../../wx/modal";
import { Icon } from "../icon";
import { Pressable } from "../pressable";

interface Props {
  title: string;
  onClose: () => void;
  children: ReactNode;
  foot?: ReactNode;
}

/** A sheet that slides up over the page. */
export function Sheet({ title, onClose, children, foot }: Props): ReactNode {
  const modal = useModal(title, onClose);
  return (
    <View className="sheet" ref={modal}>
      <View className="sheet__veil" catchMove onClick={onClose} />
      <View className="sheet__paper">
        <View className="sheet__head">
          <View className="title">{title}</View>
          <Pressable className="sheet__close" label={words.common.close} onPress={onClose}>
            <Icon name="close" />
          </Pressable>
        </View>
        <ScrollView className="sheet__body" scrollY>
          {children}
        </ScrollView>
        {foot !== undefined && <View className="sheet__foot">{foot}</View>}
      </View>
    </View>
  );
}

interface Option {
  code: string;
  text: string;
  hint?: string;
}

/** A sheet of large rows to choose one from. */
export function ChoiceSheet({
  title,
  options,
  chosen,
  onChoose,
  onClose,
}: {
  title: string;
  options: readonly Option[];
  chosen: string | null;
  onChoose: (code: string) => void;
  onClose: () => void;
}): ReactNode {
  return (
    <Sheet title={title} onClose={onClose}>
      {options.map(({ code, text, hint }) => (
        <Pressable
          key={code}
          className="sheet__option"
          chosen={code === chosen}
          onPress={() => {
            onChoose(code);
            onClose();
          }}
        >
          <View className="link-row__main">
            <View className={code === chosen ? "strong" : ""}>{text}</View>
            {hint !== undefined && <View className="small">{hint}</View>}
          </View>
          {code === chosen && <Icon name="check" />}
        </Pressable>
      ))}
    </Sheet>
  );
}
