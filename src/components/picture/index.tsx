import { Image } from "@tarojs/components";
import type { ReactNode } from "react";
import { pictureAttributes } from "../../wx/picture";

interface Props {
  src: string;
  className: string;
  /** What it shows; empty when the words beside it or the button around it say so. */
  alt?: string;
  onError?: () => void;
}

/** A picture that fills its frame. */
export function Picture({ src, className, alt = "", onError }: Props): ReactNode {
  return <Image className={className} src={src} mode="aspectFill" onError={onError} {...pictureAttributes(alt)} />;
}
