import { View } from "@tarojs/components";
import { type ReactNode, useState } from "react";
import type { Reply } from "../../../../contract/index.ts";
import { call, mayCallAsUser, useAction, useMe, useQuery } from "../../../api";
import { Button } from "../../../components/button";
import { LinkRow } from "../../../components/link-row";
import { Page } from "../../../components/page";
import { QueryView } from "../../../components/query-view";
import { Card, Section } from "../../../components/section";
import { me as text } from "../../../i18n/zh/me";
import { shareFile } from "../../../wx/files";
import { usePullToRefresh } from "../../../wx/lifecycle";
import { open } from "../../../wx/navigation";
import { isH5 } from "../../../wx/platform";
import { ForMembers } from "../_parts/for-members";
import { PersonalDataList } from "./_parts/personal-data-list";
import { Reveals } from "./_parts/reveals";
import "../_parts/document.scss";
import "./index.scss";

type Exported = Reply<"GET /api/me/export">;

/** The person's own data: who revealed them, an export, purposes and retention, and a link to close the account. */
export default function Data(): ReactNode {
  const say = text.data;
  const signedIn = mayCallAsUser(useMe());
  const data = useQuery("GET /api/me/data", signedIn ? {} : null);
  const [files, setFiles] = useState<Exported | null>(null);
  usePullToRefresh(data.refetch);
  // The export is made first and shared by a second tap, because WeChat shares files only in a tap handler.
  const make = useAction(async () => setFiles(await call("GET /api/me/export")));
  const page = useAction(async (_key, { name, page: html }: Exported) => shareFile(`${name}.html`, html, "text/html"));
  const json = useAction(async (_key, { name, data: all }: Exported) =>
    shareFile(`${name}.json`, JSON.stringify(all, null, 1), "application/json"),
  );

  if (!signedIn) return <ForMembers title={say.title} hint={say.guestHint} />;
  return (
    <Page title={say.title} problem={make.error ?? page.error ?? json.error}>
      <View>{say.lead}</View>
      <QueryView query={data} rows={2}>
        {({ kept, reveals, counts }) => (
          <>
            <Reveals reveals={reveals} />
            <Section title={say.take}>
              <Card className="document__part">
                <View>{say.takeHint(counts.requests, counts.photos)}</View>
                {files === null ? (
                  <Button kind="primary" pending={make.pending} onPress={() => void make.run()}>
                    {say.make}
                  </Button>
                ) : (
                  <View>{isH5 ? say.madeH5 : say.madeWechat}</View>
                )}
              </Card>
              {files !== null && (
                <Card className="card--list">
                  <LinkRow icon="list" title={say.page} hint={say.pageHint} onPress={() => void page.run(files)} />
                  <LinkRow icon="list" title={say.json} hint={say.jsonHint} onPress={() => void json.run(files)} />
                </Card>
              )}
            </Section>
            <Card className="card--list">
              <LinkRow
                icon="person"
                title={say.change}
                hint={say.changeHint}
                onPress={() => open("/subpackages/resident/register/index")}
              />
              <LinkRow
                icon="close"
                title={say.erase}
                hint={say.eraseHint}
                onPress={() => open("/subpackages/me/closing/index")}
              />
            </Card>
            <PersonalDataList kept={kept} />
          </>
        )}
      </QueryView>
    </Page>
  );
}
