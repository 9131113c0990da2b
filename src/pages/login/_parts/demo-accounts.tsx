import { View } from "@tarojs/components";
import type { ReactNode } from "react";
import { useQuery } from "../../../api";
import { Avatar } from "../../../components/avatar";
import { Icon } from "../../../components/icon";
import { Pressable } from "../../../components/pressable";
import { Card, Section } from "../../../components/section";
import { words } from "../../../i18n";

interface Props {
  pending: boolean;
  onChoose: (phone: string) => void;
}

/** In demo mode, all demo accounts. Other installations refuse the call, and nothing is shown. */
export function DemoAccounts({ pending, onChoose }: Props): ReactNode {
  const { data } = useQuery("GET /api/demo/accounts", {});
  const accounts = (data?.items ?? []).flatMap(({ phone, name, role, title }) =>
    phone === undefined ? [] : [{ phone, name, role, title }],
  );
  if (accounts.length === 0) return null;
  const say = words.account.login;
  return (
    <Section title={say.demoTitle}>
      <View className="small">{say.demoHint}</View>
      <Card className="card--list">
        {accounts.map(({ phone, name, role, title }) => (
          <Pressable key={phone} className="link-row" disabled={pending} onPress={() => onChoose(phone)}>
            <Avatar name={name} photoUrl={null} />
            <View className="link-row__main">
              <View className="strong">{name}</View>
              <View className="small">
                {[words.roles[role], title]
                  .filter((word, n, all) => word !== "" && all.indexOf(word) === n)
                  .join(words.common.dot)}
              </View>
            </View>
            <Icon name="next" />
          </Pressable>
        ))}
      </Card>
    </Section>
  );
}
