import { View } from "@tarojs/components";
import type { ReactNode } from "react";
import type { CoTask } from "../../../../../contract/index.ts";
import { sayWindow } from "../../../../../fronts/time-window.ts";
import { Facts } from "../../../../components/facts";
import { Icon } from "../../../../components/icon";
import { Photos } from "../../../../components/photos";
import { Pressable } from "../../../../components/pressable";
import { Card, Section } from "../../../../components/section";
import { words } from "../../../../i18n";
import { partner } from "../../../../i18n/zh/partner";
import { placeOf } from "../../../../lib/request-words";
import { useNow } from "../../../../lib/use-now";
import { callPhone } from "../../../../wx/feedback";

const say = partner.task;

/** A person with a call button. */
export function PersonRow({ name, phone, hint }: { name: string; phone: string | null; hint?: string }): ReactNode {
  return (
    <View className="task__person">
      <View className="link-row__main">
        <View className="strong">{name}</View>
        {phone !== null && <View>{phone}</View>}
        {hint !== undefined && <View className="small">{hint}</View>}
      </View>
      {phone !== null && (
        <Pressable
          className="round-button"
          label={words.common.callPerson(name)}
          onPress={() => callPhone(phone.replaceAll(" ", ""))}
        >
          <Icon name="phone" />
        </Pressable>
      )}
    </View>
  );
}

/**
 * The content of the request and its place; also the contact, once the organization has accepted. `waits`: the
 * organization has not answered yet.
 */
export function Matter({ matter, waits }: { matter: CoTask["matter"]; waits: boolean }): ReactNode {
  const now = useNow();
  if (!matter) return <View className="small">{say.contactGone}</View>;
  const { title, description, place, contact, timeWindow, files } = matter;
  return (
    <Section title={say.matter}>
      <Card>
        {title !== description && <View className="strong">{title}</View>}
        <View>{description}</View>
        <Photos files={files} />
        <Facts
          facts={[
            { name: say.place, value: placeOf(place) },
            { name: say.window, value: timeWindow ? sayWindow(timeWindow, now) : "" },
          ]}
        />
        {contact && <PersonRow name={contact.name} phone={contact.phone} />}
        {waits && <View className="small">{say.contactLater}</View>}
      </Card>
    </Section>
  );
}
