import { View } from "@tarojs/components";
import { type ReactNode, useState } from "react";
import { call, mayCallAsUser, refreshQueries, useAction, useCommunity, useMe, useQuery } from "../../../api";
import { Button } from "../../../components/button";
import { Page } from "../../../components/page";
import { Empty } from "../../../components/states";
import { words } from "../../../i18n";
import { toast } from "../../../wx/feedback";
import { usePullToRefresh } from "../../../wx/lifecycle";
import { open } from "../../../wx/navigation";
import { complaints } from "../module";
import { say } from "../zh";
import { ComplaintForm, type Draft } from "./_parts/form";
import { MyComplaints } from "./_parts/mine";
import { OtherWays } from "./_parts/ways";
import "./index.scss";

const LIMIT = 50;
const empty: Draft = { text: "", about: null };

/** The page to write a complaint to the committee, with earlier complaints and other ways to complain. */
export default function Complaint(): ReactNode {
  const signedIn = mayCallAsUser(useMe());
  const inUse = useCommunity();
  const [draft, setDraft] = useState(empty);
  const [problem, setProblem] = useState<string | null>(null);
  // A complaint about a request goes to the request's community.
  const communityId = draft.about?.communityId ?? inUse.id;
  const community = useQuery(
    "GET /api/communities/:id",
    communityId === null ? null : { params: { id: communityId } },
  ).data;
  const mine = useQuery("GET /api/complaints", signedIn ? { query: { limit: LIMIT } } : null, { poll: true });
  usePullToRefresh(mine.refetch);

  const file = useAction(async (key, to: string, text: string, requestId: string | undefined) => {
    await call("POST /api/complaints", { body: { communityId: to, text, requestId } }, { idempotencyKey: key });
    setDraft(empty);
    refreshQueries("GET /api/complaints");
    toast(say.done);
  });

  function submit(): void {
    const text = draft.text.trim();
    setProblem(text === "" ? words.common.needWords : null);
    if (text !== "" && communityId !== null) void file.run(communityId, text, draft.about?.id);
  }

  if (!signedIn) {
    return (
      <Page title={complaints.title}>
        <Empty
          icon="chat"
          title={say.guest}
          hint={say.guestHint}
          action={{ text: words.home.login, onPress: () => open("/pages/login/index") }}
        />
        <OtherWays community={community} />
      </Page>
    );
  }
  return (
    <Page
      title={complaints.title}
      problem={file.error ?? inUse.list.error}
      foot={
        <Button kind="primary" pending={file.pending} disabled={communityId === null} onPress={submit}>
          {say.submit}
        </Button>
      }
    >
      <View>{say.lead}</View>
      <ComplaintForm draft={draft} readers={say.readers(community?.name ?? "")} problem={problem} onChange={setDraft} />
      <MyComplaints query={mine} />
      <OtherWays community={community} />
    </Page>
  );
}
