import { View } from "@tarojs/components";
import { type ReactNode, useState } from "react";
import type { Input } from "../../../../contract/index.ts";
import { call, refreshQueries, useAction, useMe, useQuery } from "../../../api";
import { Button } from "../../../components/button";
import { Field, TextArea } from "../../../components/field";
import { Page } from "../../../components/page";
import { PrincipalFields, nobody } from "../../../components/principal";
import { Card, Section } from "../../../components/section";
import { ServicePart } from "../../../components/service-part";
import { Problem } from "../../../components/states";
import { words } from "../../../i18n";
import { collaborationStory } from "../../../i18n/zh/collaboration";
import { checkPrincipal } from "../../../lib/check-principal";
import { suggestService } from "../../../lib/suggest-service";
import { scrollTo, toast } from "../../../wx/feedback";
import { replace } from "../../../wx/navigation";
import { CommunityField } from "./_parts/community-field";
import "./index.scss";

type Body = Input<"POST /api/requests/for-resident">["body"];

/** 代提交: a cadre files a request for a caller. The draft is not stored on the cadre's phone. */
export default function StaffFile(): ReactNode {
  const say = words.proxyFiling.page;
  const counter = useMe()?.actingAs.communityId ?? null;
  const [chosen, setChosen] = useState<string | null>(null);
  const communityId = chosen ?? counter;
  const elsewhere = communityId !== counter;
  const at = communityId === null ? null : { params: { id: communityId } };
  const services = useQuery("GET /api/communities/:id/services", at);
  const community = useQuery("GET /api/communities/:id", at);
  const [resident, setResident] = useState(nobody);
  const [description, setDescription] = useState("");
  const [serviceCode, setServiceCode] = useState<string | null>(null);
  const [answers, setAnswers] = useState<Record<string, string>>({});
  const [problems, setProblems] = useState<Record<string, string>>({});

  const catalogue = (services.data?.items ?? []).filter(({ anywhere }) => anywhere || !elsewhere);
  const picked = catalogue.find((service) => service.serviceCode === serviceCode) ?? null;
  const service = picked ?? suggestService(description, catalogue);

  const file = useAction(async (key, body: Body) => {
    const filed = await call("POST /api/requests/for-resident", { body }, { idempotencyKey: key });
    refreshQueries("GET /api/requests");
    toast(elsewhere ? collaborationStory.counter.filedThere : say.filed);
    replace("/subpackages/cadre/request/index", { id: filed.id });
  });

  /** Switches the community. Building and service are cleared, because they belong to a community. */
  function moveTo(id: string): void {
    setChosen(id);
    setServiceCode(null);
    setResident((before) => ({ ...before, place: nobody.place }));
  }

  function submit(): void {
    const missing = (service?.questions ?? []).filter(({ code, required }) => required && !answers[code]?.trim());
    const found: Record<string, string> = {
      ...checkPrincipal(resident),
      ...(description.trim() === "" && { words: words.file.needWords }),
      ...(service === null && { service: words.file.needService }),
      ...Object.fromEntries(missing.map(({ code, label }) => [`answer:${code}`, words.file.needAnswer(label)])),
    };
    setProblems(found);
    if (Object.keys(found).length > 0) scrollTo(".field__problem");
    else if (service !== null && communityId !== null) {
      const asked = service.questions.map(({ code }) => code);
      const given = Object.entries(answers).filter(([code, answer]) => asked.includes(code) && answer.trim() !== "");
      const { name, phone, place } = resident;
      void file.run({
        communityId,
        serviceCode: service.serviceCode,
        description: description.trim(),
        answers: Object.fromEntries(given),
        resident: { name: name.trim(), phone, ...place },
      });
    }
  }

  return (
    <Page
      title={say.title}
      foot={
        <Button kind="primary" pending={file.pending} onPress={submit}>
          {say.submit}
        </Button>
      }
    >
      <View>
        <View className="title">{say.lead}</View>
        <View className="small">{say.leadHint}</View>
      </View>
      <Problem message={file.error ?? services.error ?? community.error} />
      <Section title={say.who}>
        <Card className="staff-file__part">
          <CommunityField chosen={communityId} elsewhere={elsewhere} onChoose={moveTo} />
          <PrincipalFields
            principal={resident}
            community={community.data}
            say={say}
            problems={problems}
            onChange={setResident}
          />
        </Card>
      </Section>
      <Section title={words.request.details}>
        <Card className="staff-file__part">
          <Field label={words.file.wordsLabel} problem={problems["words"]}>
            <TextArea
              label={words.file.wordsLabel}
              value={description}
              placeholder={say.wordsPlaceholder}
              onChange={setDescription}
            />
          </Field>
          <ServicePart
            services={catalogue}
            service={service}
            guessed={picked === null}
            answers={answers}
            problems={problems}
            onChoose={setServiceCode}
            onAnswer={(code, answer) => setAnswers((before) => ({ ...before, [code]: answer }))}
          />
        </Card>
      </Section>
    </Page>
  );
}
