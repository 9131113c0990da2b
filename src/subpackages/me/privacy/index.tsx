import type { ReactNode } from "react";
import { me } from "../../../i18n/zh/me";
import { Document } from "../_parts/document";

/** What is kept about a person, what for, who sees it, how long: WeChat and the law want it in plain words. */
export default function Privacy(): ReactNode {
  return <Document text={me.privacy} />;
}
