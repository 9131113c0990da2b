import { View } from "@tarojs/components";
import { type ReactNode, useState } from "react";
import type { LoggedInDevice } from "../../../../contract/index.ts";
import { call, mayCallAsUser, useAction, useMe, useQuery } from "../../../api";
import { Button } from "../../../components/button";
import { Page } from "../../../components/page";
import { QueryView } from "../../../components/query-view";
import { Card } from "../../../components/section";
import { words } from "../../../i18n";
import { me as text } from "../../../i18n/zh/me";
import { confirm, toast } from "../../../wx/feedback";
import { usePullToRefresh } from "../../../wx/lifecycle";
import { ForMembers } from "../_parts/for-members";
import { Device } from "./_parts/device";
import "../_parts/document.scss";

/** The person's sessions, this device first. Each other one can be ended. */
export default function Devices(): ReactNode {
  const say = text.devices;
  const signedIn = mayCallAsUser(useMe());
  const devices = useQuery("GET /api/me/sessions", signedIn ? {} : null);
  usePullToRefresh(devices.refetch);
  const [ending, setEnding] = useState<string | null>(null);
  const end = useAction(async (_key, id: string) => {
    await call("DELETE /api/me/sessions/:id", { params: { id } });
    toast(say.ended);
  });
  const endOthers = useAction(async () => {
    const { ended } = await call("DELETE /api/me/sessions", { query: { keep: "this" } });
    toast(say.endedAll(ended));
  });

  const sure = (title: string): Promise<boolean | null> =>
    confirm({ title, content: say.sureText, yes: say.end, no: words.common.cancel });

  async function askEnd({ id, device }: LoggedInDevice): Promise<void> {
    if (!(await sure(say.sureTitle(device ?? say.unknown)))) return;
    setEnding(id);
    await end.run(id);
    setEnding(null);
    await devices.refetch();
  }

  async function askEndOthers(): Promise<void> {
    if (!(await sure(say.sureOthers))) return;
    await endOthers.run();
    await devices.refetch();
  }

  if (!signedIn) return <ForMembers title={say.title} hint={say.guestHint} />;
  return (
    <Page title={say.title} problem={end.error ?? endOthers.error}>
      <View>{say.lead}</View>
      <QueryView query={devices} rows={2}>
        {({ items }) => (
          <>
            {items.map((device) => (
              <Device
                key={device.id}
                device={device}
                pending={ending === device.id}
                onEnd={() => void askEnd(device)}
              />
            ))}
            {items.some(({ current }) => !current) && (
              <Button pending={endOthers.pending} onPress={() => void askEndOthers()}>
                {say.endOthers}
              </Button>
            )}
          </>
        )}
      </QueryView>
      <Card className="document__part">
        <View className="title">{say.lost}</View>
        {say.lostLines.map((line) => (
          <View key={line}>{line}</View>
        ))}
      </Card>
    </Page>
  );
}
