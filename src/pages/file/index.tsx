import { View } from "@tarojs/components";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useCommunity, useConsents, useMe, useQuery } from "../../api";
import { Button } from "../../components/button";
import { Field, TextArea } from "../../components/field";
import { Page } from "../../components/page";
import { PhotoPicker } from "../../components/photos/picker";
import { Card } from "../../components/section";
import { ServicePart } from "../../components/service-part";
import { Problem } from "../../components/states";
import { words } from "../../i18n";
import { sayLength } from "../../i18n/time-words";
import { suggestService } from "../../lib/suggest-service";
import { useNow } from "../../lib/use-now";
import { MINUTE } from "../../../fronts/wall-clock.ts";
import { confirm, scrollTo } from "../../wx/feedback";
import { type Problems, checkDraft, isOwnPlace } from "./_parts/check-draft";
import { ForWhomPart } from "./_parts/for-whom-part";
import { ContactPart } from "./_parts/contact-part";
import { PlacePart } from "./_parts/place-part";
import { useDraft } from "./_parts/use-draft";
import { useFiling } from "./_parts/use-filing";
import { WhenPart } from "./_parts/when-part";
import "./index.scss";

/**
 * 找店小二: the page to file a request. The description comes first; the other fields are suggested or prefilled.
 */
export default function File(): ReactNode {
  const say = words.file;
  const me = useMe();
  const now = useNow();
  const community = useCommunity();
  const at = community.id === null ? null : { params: { id: community.id } };
  const services = useQuery("GET /api/communities/:id/services", at);
  const details = useQuery("GET /api/communities/:id", at);
  const { draft, change, restart } = useDraft();
  const [problems, setProblems] = useState<Problems>({});

  const catalogue = services.data?.items ?? [];
  const picked = catalogue.find(({ serviceCode }) => serviceCode === draft.serviceCode) ?? null;
  const service = picked ?? suggestService(draft.description, catalogue);
  const consents = useConsents();
  const filing = useFiling({ draft, service, communityId: community.id, restart });

  /**
   * Whether the community or its services are still loading; no service can be suggested without them. A submission
   * meanwhile continues when they are loaded.
   */
  const needed = at === null ? community.list : services;
  const coming = needed.data === undefined && !needed.error;
  const [wanted, setWanted] = useState(false);
  const latest = useRef(submit);
  latest.current = submit;
  useEffect(() => {
    if (!wanted || coming) return;
    setWanted(false);
    latest.current();
  }, [wanted, coming]);

  function submit(): void {
    if (coming) {
      setWanted(true);
      return;
    }
    const found = checkDraft(draft, service, isOwnPlace(draft, me, community.id), new Date());
    setProblems(found);
    if (Object.keys(found).length === 0) void consents.ask().then(filing.start);
    else scrollTo(".field__problem");
  }

  async function discard(): Promise<void> {
    const sure = await confirm({
      title: say.discardTitle,
      content: say.discardText,
      yes: say.discard,
      no: words.common.cancel,
    });
    if (sure) restart();
  }

  const nextBy = draft.elder === null ? say.nextBy : say.nextByElder;
  const written = draft.description.trim() !== "" || draft.photos.length > 0;
  return (
    <Page
      title={say.title}
      problem={filing.error}
      foot={
        <>
          <Button kind="primary" pending={filing.pending || wanted} onPress={submit}>
            {filing.pending ? say.submitting : say.submit}
          </Button>
          <View className="file__next small">
            {service ? nextBy(sayLength(service.respondMinutes * MINUTE)) : say.next}
          </View>
        </>
      }
    >
      <Problem message={services.error ?? community.list.error} />
      <Card className="file__part">
        <Field label={say.wordsLabel} problem={problems.words}>
          <TextArea
            label={say.wordsLabel}
            value={draft.description}
            placeholder={say.wordsPlaceholder}
            onChange={(description) => change({ description })}
          />
        </Field>
        <ServicePart
          services={catalogue}
          service={service}
          guessed={picked === null}
          answers={draft.answers}
          problems={problems}
          onChoose={(serviceCode) => change({ serviceCode })}
          onAnswer={(code, answer) => change(({ answers }) => ({ answers: { ...answers, [code]: answer } }))}
        />
      </Card>
      <Card className="file__part">
        <Field label={say.photos} hint={say.photosHint} problem={problems.photos}>
          <PhotoPicker photos={draft.photos} onChange={(next) => change(({ photos }) => ({ photos: next(photos) }))} />
        </Field>
      </Card>
      <Card className="file__part">
        <ForWhomPart
          elder={draft.elder}
          community={details.data}
          problems={problems}
          onChange={(elder) => change({ elder })}
        />
        {draft.elder === null && (
          <PlacePart
            registration={me?.registration ?? null}
            community={details.data}
            place={draft.place}
            problem={problems.place}
            onChange={(place) => change({ place })}
          />
        )}
        <WhenPart chosen={draft.when} now={now} problem={problems.when} onChoose={(when) => change({ when })} />
        {draft.elder === null && (
          <ContactPart
            me={me}
            contact={draft.contact}
            problem={problems.contact}
            onChange={(contact) => change({ contact })}
          />
        )}
      </Card>
      {written && (
        <Button kind="quiet" onPress={() => void discard()}>
          {say.discard}
        </Button>
      )}
    </Page>
  );
}
