import { View } from "@tarojs/components";
import { type ReactNode, useState } from "react";
import { absolute } from "../../api";
import { Picture } from "../picture";

/** A person's photo, or the surname when there is no photo or it cannot be loaded. */
export function Avatar({ name, photoUrl }: { name: string; photoUrl: string | null }): ReactNode {
  const [broken, setBroken] = useState(false);
  return (
    <View className="avatar">
      {photoUrl !== null && !broken ? (
        <Picture className="avatar__photo" src={absolute(photoUrl)} onError={() => setBroken(true)} />
      ) : (
        <View className="avatar__surname">{name.slice(0, 1)}</View>
      )}
    </View>
  );
}
