import { Avatar } from "antd";
import { stableUrl } from "../lib/stable-url.ts";

/** A person's photo, or the first character of the name. */
export function PersonAvatar({ name, photoUrl, size }: { name: string; photoUrl: string | null; size: number }) {
  return (
    <Avatar src={photoUrl === null ? undefined : <img src={stableUrl(photoUrl)} alt="" />} size={size}>
      {name.slice(0, 1)}
    </Avatar>
  );
}
