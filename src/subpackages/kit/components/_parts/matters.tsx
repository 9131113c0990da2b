import { View } from "@tarojs/components";
import type { ReactNode } from "react";
import type { Status } from "../../../../../contract/index.ts";
import { Facts } from "../../../../components/facts";
import { FiledBy } from "../../../../components/filed-by";
import { Flow } from "../../../../components/flow";
import { NameCard } from "../../../../components/name-card";
import { RequestRow } from "../../../../components/request-row";
import { RequestWords } from "../../../../components/request-words";
import { Card, Section } from "../../../../components/section";
import { NOW, filedByFamily, flow, offDuty, onDuty, requestIn, withPhotos } from "./samples";

const nothing = (): void => undefined;
const statuses: readonly Status[] = [
  "queued", "claimed", "handling", "waiting", "suspended", "resolved", "closed", "withdrawn", "rejected",
]; // prettier-ignore

/** Components that show a request and its people. */
export function MatterParts(): ReactNode {
  return (
    <>
      <Section title="名片">
        <Card>
          <NameCard card={onDuty} now={NOW} />
        </Card>
        <Card>
          <NameCard card={offDuty} now={NOW} aside="明天 7:30 到岗" />
        </Card>
      </Section>
      <Section title="诉求的各个状态" aside={<View className="small">{`${statuses.length} 种`}</View>}>
        {statuses.map((status) => (
          <RequestRow key={status} request={requestIn(status)} now={NOW} onOpen={nothing} />
        ))}
      </Section>
      <Section title="诉求内容">
        <RequestWords request={withPhotos} now={NOW} />
      </Section>
      <Section title="代办">
        <FiledBy request={filedByFamily(true)} />
        <FiledBy request={filedByFamily(false)} />
      </Section>
      <Section title="办理经过">
        <Card>
          <Flow items={flow} now={NOW} />
        </Card>
      </Section>
      <Section title="名称与内容">
        <Card>
          <Facts
            facts={[
              { name: "社区", value: "西子湾社区" },
              { name: "办公时间", value: "周一至周五 9:00–17:30" },
            ]}
          />
        </Card>
      </Section>
    </>
  );
}
