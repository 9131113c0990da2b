import { View } from "@tarojs/components";
import type { ReactNode } from "react";
import type { Reply } from "../../../../contract/index.ts";
import { call, forgetQueries, mayCallAsUser, session, useAction, useMe, useQuery } from "../../../api";
import { Button } from "../../../components/button";
import { Facts } from "../../../components/facts";
import { Page } from "../../../components/page";
import { QueryView } from "../../../components/query-view";
import { Card } from "../../../components/section";
import { Empty } from "../../../components/states";
import { words } from "../../../i18n";
import { join as say } from "../../../i18n/zh/join";
import { isStaff } from "../../../lib/roles";
import { toast } from "../../../wx/feedback";
import { usePageParam } from "../../../wx/lifecycle";
import { open, restartAt } from "../../../wx/navigation";

type Offer = Reply<"GET /api/invitations/:code">;

/**
 * A scanned invitation: its post, and a button to accept it for the account in use. WeChat passes the code as `scene`,
 * and the link for browsers uses the same name.
 */
export default function Invitation(): ReactNode {
  const code = usePageParam("scene");
  const me = useMe();
  const offer = useQuery("GET /api/invitations/:code", code ? { params: { code } } : null);
  const accept = useAction(async (key) => {
    await session.update(call("POST /api/invitations/:code/accept", { params: { code } }, { idempotencyKey: key }));
    forgetQueries();
    toast(say.accepted);
    restartAt(isStaff(session.get().me) ? "/subpackages/cadre/queue/index" : "/pages/me/index");
  });
  const stands = offer.data?.state === "open";
  return (
    <Page
      title={say.title}
      problem={accept.error}
      foot={
        stands &&
        (mayCallAsUser(me) ? (
          <Button kind="primary" pending={accept.pending} onPress={() => void accept.run()}>
            {say.accept}
          </Button>
        ) : (
          <Button kind="primary" onPress={() => open("/pages/login/index")}>
            {say.loginFirst}
          </Button>
        ))
      }
    >
      {code ? (
        <QueryView query={offer}>{(data) => <Shown offer={data} />}</QueryView>
      ) : (
        <Empty icon="person" title={say.noCode} hint={say.noCodeHint} />
      )}
    </Page>
  );
}

function Shown({ offer }: { offer: Offer }): ReactNode {
  if (offer.state !== "open") {
    const [title = "", hint = ""] = say.over[offer.state];
    return <Empty icon="person" title={title} hint={hint} />;
  }
  return (
    <>
      <View>
        <View className="title">{say.lead(offer.communityName)}</View>
        <View className="small">{say.leadHint}</View>
      </View>
      <Card>
        <Facts
          facts={[
            { name: say.name, value: offer.name },
            { name: say.role, value: words.roles[offer.role] },
            { name: say.organization, value: offer.organizationName ?? "" },
            { name: say.post, value: offer.title },
            { name: say.positions, value: offer.positions.join("、") },
            { name: say.community, value: `${offer.subdistrict} ${offer.communityName}` },
          ]}
        />
      </Card>
      <View className="small">{say.binds}</View>
      <View className="small">{say.notMeHint}</View>
    </>
  );
}
