import { Image } from "@tarojs/components";
import type { ReactNode } from "react";
import { pictureAttributes } from "../../wx/picture";

interface Props {
  src: string;
  className: string;
  /** The text alternative; empty when surrounding text has the same content. */
  alt?: string;
  onError?: () => void;
}

/** A picture that covers its frame. */
export function Picture({ src, className, alt = "", onError }: Props): ReactNode {
  return <Image className={className} src={src} mode="aspectFill" onError={onError} {...pictureAttributes(alt)} />;
}
