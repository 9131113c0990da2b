import { View } from "@tarojs/components";
import type { ReactNode } from "react";
import type { Community, Me } from "../../../../contract/index.ts";
import { Chips } from "../../../components/chips";
import { Field } from "../../../components/field";
import { Icon } from "../../../components/icon";
import { PlacePicker } from "../../../components/place-picker";
import { words } from "../../../i18n";
import type { Draft } from "../../../lib/draft";
import { placeOf } from "../../../lib/request-words";

interface Props {
  registration: Me["registration"];
  community: Community | undefined;
  place: Draft["place"];
  problem: string | undefined;
  onChange: (place: Draft["place"]) => void;
}

const nowhere = { building: "", unit: "", room: "" };

/** The place: the resident's home by default. A person without registration enters it on the next page. */
export function PlacePart({ registration, community, place, problem, onChange }: Props): ReactNode {
  const say = words.file;
  const own = registration !== null && registration.communityId === community?.id ? registration : null;
  if (registration === null && place === null) return <Hint text={say.whereUnregistered} />;
  return (
    <Field label={say.where} problem={problem}>
      {own && (
        <Chips
          choices={[
            { code: "own", text: placeOf(own) },
            { code: "other", text: say.whereOther },
          ]}
          chosen={[place === null ? "own" : "other"]}
          onChoose={(code) =>
            onChange(code === "own" ? null : (place ?? { ...nowhere, building: own.building, unit: own.unit }))
          }
        />
      )}
      {(place !== null || own === null) && (
        <PlacePicker
          buildings={community?.buildings ?? []}
          place={place ?? nowhere}
          roomLabel={say.room}
          roomPlaceholder={say.roomPlaceholder}
          onChange={onChange}
        />
      )}
    </Field>
  );
}

function Hint({ text }: { text: string }): ReactNode {
  return (
    <View className="file__hint">
      <Icon name="place" />
      <View className="small">{text}</View>
    </View>
  );
}
