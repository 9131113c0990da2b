import type { Events } from "./events.ts";
import type { Element } from "./tree.ts";
import type { Privacy } from "./wx/privacy.ts";

/** WeChat's own action when a `<button open-type>` is tapped. */
export async function pressOpenButton(
  button: Element,
  events: Events,
  privacy: Privacy,
  code: (what: "phone") => Promise<string>,
): Promise<void> {
  const type = button.attributes["openType"];
  if (button.tag !== "button" || typeof type !== "string") return;
  if (type === "agreePrivacyAuthorization") {
    privacy.tapAgree(String(button.attributes["id"] ?? ""));
    events.dispatch(button, "agreeprivacyauthorization", { errMsg: "agreePrivacyAuthorization:ok" });
  }
  if (type === "getPhoneNumber") {
    const detail = await privacy.ensure(type).then(
      async () => ({ errMsg: "getPhoneNumber:ok", code: await code("phone") }),
      () => ({ errMsg: "getPhoneNumber:fail privacy permission is not authorized" }),
    );
    events.dispatch(button, "getphonenumber", detail);
  }
}
