import { View } from "@tarojs/components";
import { type ReactNode, useState } from "react";
import { call, chooseCommunity, forgetQueries, session, useAction, useCommunity, useMe, useQuery } from "../../../api";
import { Button } from "../../../components/button";
import { Field, TextInput } from "../../../components/field";
import { Page } from "../../../components/page";
import { PhoneButton, linkWechatPhone } from "../../../components/phone-button";
import { PickerRow } from "../../../components/picker-row";
import { PlacePicker } from "../../../components/place-picker";
import { Card } from "../../../components/section";
import { ChoiceSheet } from "../../../components/sheet";
import { Problem } from "../../../components/states";
import { words } from "../../../i18n";
import { lastPhone } from "../../../lib/last-phone";
import { isMobile } from "../../../lib/phone";
import { scrollTo, toast } from "../../../wx/feedback";
import { usePageParam } from "../../../wx/lifecycle";
import { back } from "../../../wx/navigation";
import "./index.scss";

const empty = { building: "", unit: "", room: "" };
type Problems = Partial<Record<"name" | "phone" | "building" | "unit" | "room", string>>;

/** Registration with real name, phone and home, asked for once, before the first filing. */
export default function Register(): ReactNode {
  const say = words.account.register;
  const toFile = usePageParam("next") === "file";
  const me = useMe();
  const community = useCommunity();
  const known = me?.registration ?? null;
  const knownPhone = known?.phone ?? me?.phone ?? null;
  const [communityId, setCommunityId] = useState<string | null>(known?.communityId ?? null);
  const [name, setName] = useState(me?.name ?? "");
  const [phone, setPhone] = useState(known ? "" : lastPhone);
  const [place, setPlace] = useState(known ? { building: known.building, unit: known.unit, room: known.room } : empty);
  const [problems, setProblems] = useState<Problems>({});
  const [choosing, setChoosing] = useState(false);
  const id = communityId ?? community.id;
  const details = useQuery("GET /api/communities/:id", id === null ? null : { params: { id } });
  const communities = community.list.data?.items ?? [];

  const register = useAction(
    async (_key, body: { communityId: string; name: string; phone?: string } & typeof place) => {
      await session.update(call("POST /api/me/registration", { body }));
      chooseCommunity(body.communityId);
      forgetQueries();
      toast(say.done);
      back();
    },
  );

  const linkPhone = useAction(linkWechatPhone);

  function submit(): void {
    const found: Problems = {
      ...(name.trim() === "" && { name: say.needName }),
      ...(!isMobile(phone) && !(phone === "" && knownPhone) && { phone: say.needPhone }),
      ...(place.building === "" && { building: say.needBuilding }),
      ...(place.unit === "" && { unit: say.needUnit }),
      ...(place.room.trim() === "" && { room: say.needRoom }),
    };
    setProblems(found);
    if (Object.keys(found).length > 0) scrollTo(".field__problem");
    else if (id !== null) void register.run({ communityId: id, name, ...(phone && { phone }), ...place });
  }

  return (
    <Page
      title={say.title}
      problem={register.error ?? linkPhone.error}
      foot={
        <Button kind="primary" pending={register.pending} onPress={submit}>
          {toFile ? say.submit : say.save}
        </Button>
      }
    >
      <View>
        <View className="title">{say.lead}</View>
        <View className="small">{say.leadHint}</View>
      </View>
      <Problem message={details.error} />
      <Card className="register__form">
        <Field label={say.name} problem={problems.name}>
          <TextInput label={say.name} value={name} placeholder={say.namePlaceholder} onChange={setName} />
        </Field>
        {knownPhone === null && <PhoneButton link={linkPhone} />}
        <Field label={say.phone} problem={problems.phone}>
          <TextInput
            label={say.phone}
            kind="number"
            max={11}
            value={phone}
            placeholder={knownPhone ? say.phoneKnown(knownPhone) : say.phonePlaceholder}
            onChange={setPhone}
          />
        </Field>
        <Field label={say.community}>
          <PickerRow
            label={say.community}
            text={details.data?.name ?? ""}
            placeholder={say.pickCommunity}
            onPress={() => setChoosing(true)}
          />
        </Field>
        <PlacePicker
          buildings={details.data?.buildings ?? []}
          place={place}
          onChange={setPlace}
          roomLabel={say.room}
          roomPlaceholder={say.roomPlaceholder}
          problems={problems}
        />
      </Card>
      {choosing && (
        <ChoiceSheet
          title={say.pickCommunity}
          options={communities.map((one) => ({ code: one.id, text: one.name, hint: one.subdistrict }))}
          chosen={id}
          onChoose={(next) => {
            setCommunityId(next);
            setPlace(empty);
          }}
          onClose={() => setChoosing(false)}
        />
      )}
    </Page>
  );
}
