import { View } from "@tarojs/components";
import { type ReactNode, useState } from "react";
import type { Community } from "../../../contract/index.ts";
import { words } from "../../i18n";
import { Field, TextInput } from "../field";
import { PickerRow } from "../picker-row";
import { ChoiceSheet } from "../sheet";

export interface Place {
  building: string;
  unit: string;
  room: string;
}

interface Props {
  buildings: Community["buildings"];
  place: Place;
  onChange: (place: Place) => void;
  roomLabel: string;
  roomPlaceholder: string;
  problems?: Partial<Record<keyof Place, string>>;
}

/** Chooses building and unit from the community's list; the room is typed. */
export function PlacePicker({
  buildings,
  place,
  onChange,
  roomLabel,
  roomPlaceholder,
  problems = {},
}: Props): ReactNode {
  const [choosing, setChoosing] = useState<"building" | "unit" | null>(null);
  const say = words.file;
  const units = buildings.find(({ name }) => name === place.building)?.units ?? [];

  function chooseBuilding(building: string): void {
    const known = buildings.find(({ name }) => name === building)?.units ?? [];
    const unit = known.includes(place.unit) ? place.unit : known.length === 1 ? (known[0] ?? "") : "";
    onChange({ ...place, building, unit });
  }

  return (
    <>
      <View className="field-pair">
        <Field label={say.building} problem={problems.building}>
          <PickerRow
            label={say.building}
            text={place.building}
            placeholder={say.pickBuilding}
            onPress={() => setChoosing("building")}
          />
        </Field>
        <Field label={say.unit} problem={problems.unit}>
          <PickerRow
            label={say.unit}
            text={place.unit}
            placeholder={say.pickUnit}
            disabled={units.length === 0}
            onPress={() => setChoosing("unit")}
          />
        </Field>
      </View>
      <Field label={roomLabel} problem={problems.room}>
        <TextInput
          label={roomLabel}
          value={place.room}
          placeholder={roomPlaceholder}
          onChange={(room) => onChange({ ...place, room })}
        />
      </Field>
      {choosing === "building" && (
        <ChoiceSheet
          title={say.pickBuilding}
          options={buildings.map(({ name }) => ({ code: name, text: name }))}
          chosen={place.building}
          onChoose={chooseBuilding}
          onClose={() => setChoosing(null)}
        />
      )}
      {choosing === "unit" && (
        <ChoiceSheet
          title={say.pickUnit}
          options={units.map((unit) => ({ code: unit, text: unit }))}
          chosen={place.unit}
          onChoose={(unit) => onChange({ ...place, unit })}
          onClose={() => setChoosing(null)}
        />
      )}
    </>
  );
}
