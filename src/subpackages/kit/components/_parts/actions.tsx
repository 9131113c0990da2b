import { View } from "@tarojs/components";
import { type ReactNode, useState } from "react";
import { Button } from "../../../../components/button";
import { Chips } from "../../../../components/chips";
import { Icon, type IconName } from "../../../../components/icon";
import { LinkRow } from "../../../../components/link-row";
import { Card, Section } from "../../../../components/section";
import { Segments } from "../../../../components/segments";
import { Switch } from "../../../../components/switch";
import { WechatButton } from "../../../../components/wechat-button";

const icons: readonly IconName[] = [
  "back", "next", "down", "phone", "clock", "check", "close", "plus", "question", "person", "camera",
  "home", "list", "bell", "chat", "place", "alert", "tray", "tag", "offline", "star", "star-full",
]; // prettier-ignore

const nothing = (): void => undefined;

/** Components that can be tapped. */
export function ActionParts(): ReactNode {
  const [chip, setChip] = useState("tonight");
  const [segment, setSegment] = useState("open");
  const [on, setOn] = useState(true);
  return (
    <>
      <Section title="按钮">
        {(["primary", "plain", "quiet"] as const).map((kind) => (
          <Card key={kind} className="kit__row">
            <Button kind={kind} onPress={nothing}>
              提交
            </Button>
            <Button kind={kind} icon="phone" onPress={nothing}>
              打电话
            </Button>
            <Button kind={kind} pending onPress={nothing}>
              正在提交
            </Button>
            <Button kind={kind} disabled onPress={nothing}>
              不能提交
            </Button>
          </Card>
        ))}
        <Card className="kit__row">
          <WechatButton kind="primary">微信按钮</WechatButton>
          <WechatButton kind="plain">微信按钮</WechatButton>
        </Card>
      </Section>
      <Section title="选项">
        <Card>
          <Chips
            choices={[
              { code: "tonight", text: "今晚" },
              { code: "morning", text: "明早" },
              { code: "weekend", text: "周末" },
            ]}
            chosen={[chip]}
            onChoose={setChip}
          />
        </Card>
        <Segments
          segments={[
            { code: "open", text: "办理中" },
            { code: "closed", text: "已办结" },
          ]}
          current={segment}
          onChoose={setSegment}
        />
        <Card className="card--list">
          <Switch title="大字模式" hint="字更大，按钮更高" on={on} onChange={setOn} />
          <Switch title="夜间提醒" on={!on} onChange={(next) => setOn(!next)} />
        </Card>
      </Section>
      <Section title="链接行">
        <Card className="card--list">
          <LinkRow icon="person" title="居民登记" onPress={nothing} />
          <LinkRow icon="bell" title="消息" hint="林晓慧接单了" badge="2" onPress={nothing} />
        </Card>
      </Section>
      <Section title="图标">
        <Card className="kit__icons">
          {icons.map((name) => (
            <View key={name} className="kit__icon">
              <Icon name={name} />
              <View className="small">{name}</View>
            </View>
          ))}
        </Card>
      </Section>
    </>
  );
}
