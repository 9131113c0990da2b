import { View } from "@tarojs/components";
import type { ReactNode } from "react";
import { ApiError } from "../../../../api";
import { QueryView } from "../../../../components/query-view";
import { Card, Section } from "../../../../components/section";
import { Empty, Loading, Problem } from "../../../../components/states";
import { queryThat } from "./samples";

const nothing = (): void => undefined;
const busy = new ApiError({ code: "server.busy", message: "系统正忙，内容没有丢失，请稍后再试。" }, 503);
const endedLogin = new ApiError({ code: "auth.required", message: "请先登录。" }, 401);

/** The empty, loading and error states of a page. */
export function FaceParts(): ReactNode {
  return (
    <>
      <Section title="加载中">
        <Card>
          <Loading rows={2} />
        </Card>
      </Section>
      <Section title="没有内容">
        <Card>
          <Empty
            icon="tray"
            title="没有待接的诉求"
            hint="有新的会通知您。"
            action={{ text: "看看办理中的", onPress: nothing }}
          />
        </Card>
      </Section>
      <Section title="出错">
        <Problem message="照片还没有传完，请稍等。" />
        <Problem message={endedLogin} />
        <Card>
          <QueryView query={queryThat({ error: busy })}>{(text) => <View>{text}</View>}</QueryView>
        </Card>
        <Card>
          <QueryView query={queryThat({ error: endedLogin })}>{(text) => <View>{text}</View>}</QueryView>
        </Card>
        <Card>
          <QueryView query={queryThat({ error: busy, data: "三栋二单元的楼道灯，明天上午修。" })}>
            {(text) => <View>{text}</View>}
          </QueryView>
        </Card>
      </Section>
    </>
  );
}
