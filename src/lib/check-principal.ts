import { words } from "../i18n";
import type { Principal } from "./draft";
import { isMobile } from "./phone";

export type PrincipalPart = "name" | "phone" | "home";

/** The missing fields of a person for whom somebody else files. */
export function checkPrincipal({ name, phone, place }: Principal): Partial<Record<PrincipalPart, string>> {
  const say = words.proxyFiling;
  return {
    ...(name.trim() === "" && { name: say.needName }),
    ...(!isMobile(phone) && { phone: say.needPhone }),
    ...(Object.values(place).some((part) => part.trim() === "") && { home: say.needPlace }),
  };
}
