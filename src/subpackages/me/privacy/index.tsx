import type { ReactNode } from "react";
import { me } from "../../../i18n/zh/me";
import { Document } from "../_parts/document";

/**
 * The privacy guide, which WeChat and the law require: which data are stored, for what, who sees them, for how long.
 */
export default function Privacy(): ReactNode {
  return <Document text={me.privacy} />;
}
