import { type ReactNode, useState } from "react";
import { Field, TextArea, TextInput } from "../../../../components/field";
import { PhotoPicker } from "../../../../components/photos/picker";
import { PickerRow } from "../../../../components/picker-row";
import { type Place, PlacePicker } from "../../../../components/place-picker";
import { PrincipalFields, nobody } from "../../../../components/principal";
import { Card, Section } from "../../../../components/section";
import type { DraftPhoto } from "../../../../lib/draft-photos";
import { draftPhotos } from "./samples";

const nothing = (): void => undefined;
const buildings = [{ name: "3号楼", units: ["1单元", "2单元"] }];
const LONG_TEXT = 60;

/** Form fields: empty, filled, invalid. */
export function FieldParts(): ReactNode {
  const [name, setName] = useState("");
  const [text, setText] = useState("楼道灯不亮，晚上看不清台阶。");
  const [place, setPlace] = useState<Place>({ building: "3号楼", unit: "", room: "" });
  const [principal, setPrincipal] = useState(nobody);
  const [photos, setPhotos] = useState<readonly DraftPhoto[]>(draftPhotos);
  return (
    <>
      <Section title="填写">
        <Card className="kit__fields">
          <Field label="姓名" hint="按证件上的名字写">
            <TextInput label="姓名" value={name} placeholder="请填写姓名" onChange={setName} />
          </Field>
          <Field label="手机号" problem="手机号应为 11 位数字">
            <TextInput label="手机号" kind="number" value="1380001" onChange={nothing} />
          </Field>
          <Field label="需要帮什么忙">
            <TextArea label="需要帮什么忙" value={text} max={LONG_TEXT} onChange={setText} />
          </Field>
          <Field label="办理事项">
            <PickerRow label="办理事项" text="" placeholder="请选择" onPress={nothing} />
          </Field>
          <Field label="期望时间">
            <PickerRow label="期望时间" text="今晚 7 点到 9 点" placeholder="请选择" onPress={nothing} />
          </Field>
          <Field label="单元">
            <PickerRow label="单元" text="" placeholder="请先选择楼栋" disabled onPress={nothing} />
          </Field>
        </Card>
      </Section>
      <Section title="地址">
        <Card className="kit__fields">
          <PlacePicker
            buildings={buildings}
            place={place}
            roomLabel="室号"
            roomPlaceholder="如 501"
            problems={{ unit: "请选择单元" }}
            onChange={setPlace}
          />
        </Card>
      </Section>
      <Section title="替家人填写">
        <Card className="kit__fields">
          <PrincipalFields
            principal={principal}
            community={undefined}
            say={{
              name: "家人姓名",
              namePlaceholder: "请填写姓名",
              phone: "家人手机号",
              phonePlaceholder: "11 位手机号",
            }}
            problems={{ name: "请填写姓名" }}
            onChange={setPrincipal}
          />
        </Card>
      </Section>
      <Section title="照片">
        <Card className="kit__fields">
          <PhotoPicker photos={photos} onChange={(change) => setPhotos(change)} />
        </Card>
      </Section>
    </>
  );
}
