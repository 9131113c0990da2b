import { View } from "@tarojs/components";
import { type ReactNode, useState } from "react";
import type { Input, RequestDetail } from "../../../contract/index.ts";
import { call, refreshQueries, useAction } from "../../api";
import { words } from "../../i18n";
import { confirm, toast } from "../../wx/feedback";
import { Button } from "../button";
import { Chips } from "../chips";
import { Field } from "../field";
import { Card } from "../section";
import { Problem } from "../states";
import "./index.scss";

type Filer = NonNullable<RequestDetail["filedBy"]>;
type Answer = Input<"POST /api/requests/:id/consent">["body"];

/**
 * Who filed the request for the resident, and for a family member whether the resident consents. Renders nothing for a
 * request that the resident filed.
 */
export function FiledBy({ request }: { request: RequestDetail }): ReactNode {
  const { filedBy, resident, abilities } = request;
  if (filedBy === null) return null;
  const mayAnswer = abilities.includes("consent");
  return (
    <Card className="filed-by">
      <View className="strong">{sayFiledBy(filedBy, resident.mine)}</View>
      {filedBy.as === "family" && !mayAnswer && <View className="small">{sayConsent(filedBy, resident.mine)}</View>}
      {mayAnswer && <Ask id={request.id} filedBy={filedBy} own={resident.mine} />}
      {abilities.includes("revoke-consent") && <Revoke id={request.id} />}
    </Card>
  );
}

function sayFiledBy({ as, name, relation, mine }: Filer, own: boolean): string {
  const say = words.proxyFiling;
  if (as !== "family") return own ? say.filedByStaff(name) : say.filedByStaffFor(name);
  const relative = say.relations[relation ?? "relative"];
  if (mine) return say.filedByYou(relative);
  return own ? say.filedByFamily(name) : say.filedByFamilyFor(relative, name);
}

function sayConsent({ consent, mine }: Filer, own: boolean): string {
  const say = words.proxyFiling;
  switch (consent?.state) {
    case "given":
      return mine || own ? (consent.mayRate ? say.givenRate : say.given) : say.givenStaff;
    case "refused":
      return own ? say.refusedYou : say.refusedStaff;
    default:
      return mine ? say.asked : say.askedStaff;
  }
}

/** Asks the resident for consent, or asks the handler to record the resident's answer. */
function Ask({ id, filedBy, own }: { id: string; filedBy: Filer; own: boolean }): ReactNode {
  const say = words.proxyFiling;
  const [how, setHow] = useState<"call" | "visit">("call");
  const answer = useAction(async (key, body: Answer) => {
    await call("POST /api/requests/:id/consent", { params: { id }, body }, { idempotencyKey: key });
    refreshQueries("GET /api/requests");
    toast(say.recorded);
  });
  const button = (text: string, body: Omit<Answer, "how">): ReactNode => (
    <Button pending={answer.pending} onPress={() => void answer.run({ ...body, how })}>
      {text}
    </Button>
  );
  return (
    <>
      <View>{own ? say.askYou(filedBy.name) : say.staffAsk}</View>
      {own && <View className="small">{say.askYouHint}</View>}
      {!own && (
        <Field label={say.staffHow}>
          <Chips
            choices={[
              { code: "call", text: say.staffHows.call },
              { code: "visit", text: say.staffHows.visit },
            ]}
            chosen={[how]}
            onChoose={setHow}
          />
        </Field>
      )}
      <Problem message={answer.error} />
      <View className="filed-by__answers">
        {button(say.agree, { agreed: true })}
        {button(say.agreeRate, { agreed: true, mayRate: true })}
        {button(say.refuse, { agreed: false })}
      </View>
    </>
  );
}

function Revoke({ id }: { id: string }): ReactNode {
  const say = words.proxyFiling;
  const revoke = useAction(async (key) => {
    await call("POST /api/requests/:id/revoke-consent", { params: { id }, body: {} }, { idempotencyKey: key });
    refreshQueries("GET /api/requests");
    toast(say.recorded);
  });
  async function ask(): Promise<void> {
    const sure = await confirm({
      title: say.revokeTitle,
      content: say.revokeText,
      yes: say.revoke,
      no: words.common.cancel,
    });
    if (sure) await revoke.run();
  }
  return (
    <>
      <Problem message={revoke.error} />
      <Button kind="quiet" pending={revoke.pending} onPress={() => void ask()}>
        {say.revoke}
      </Button>
    </>
  );
}
