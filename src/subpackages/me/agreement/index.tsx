import type { ReactNode } from "react";
import { me } from "../../../i18n/zh/me";
import { Document } from "../_parts/document";

/** The user agreement. */
export default function Agreement(): ReactNode {
  return <Document text={me.agreement} />;
}
