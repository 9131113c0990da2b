import { View } from "@tarojs/components";
import type { ReactNode } from "react";
import type { Request } from "../../../../contract/index.ts";
import type { ApiError } from "../../../api";
import { Button } from "../../../components/button";
import { Pressable } from "../../../components/pressable";
import { RequestRow } from "../../../components/request-row";
import { Card, Section } from "../../../components/section";
import { Loading, Problem } from "../../../components/states";
import { words } from "../../../i18n";
import { open, replace } from "../../../wx/navigation";

interface Props {
  mine: readonly Request[];
  known: boolean;
  problem: ApiError | null;
  signedIn: boolean;
  now: Date;
}

/** The person's open requests; those to be rated come first. */
export function MyOpen({ mine, known, problem, signedIn, now }: Props): ReactNode {
  return (
    <Section
      title={words.home.myOpen}
      aside={
        mine.length > 0 && (
          <Pressable className="home__all" onPress={() => replace("/pages/requests/index")}>
            {words.home.seeAll}
          </Pressable>
        )
      }
    >
      {content()}
    </Section>
  );

  function content(): ReactNode {
    if (!signedIn) {
      return (
        <Card className="card--list">
          <View className="link-row">
            <View className="link-row__main">{words.home.loginToSee}</View>
            <Button onPress={() => open("/pages/login/index")}>{words.home.login}</Button>
          </View>
        </Card>
      );
    }
    if (mine.length > 0) {
      return mine.map((request) => (
        <RequestRow
          key={request.id}
          request={request}
          now={now}
          onOpen={() => open("/pages/request/index", { id: request.id })}
        />
      ));
    }
    if (problem) return <Problem message={problem} />;
    if (!known) return <Loading rows={1} />;
    return (
      <Card>
        <View>{words.home.none}</View>
        <View className="small">{words.home.noneHint}</View>
      </Card>
    );
  }
}
