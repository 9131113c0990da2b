import type { Realm } from "../realm.ts";
import type { Maker } from "./api.ts";
import type { Dialogs } from "./dialogs.ts";

/** Functions that succeed at once and have no observable effect here. */
const silent = [
  "showToast", "hideToast", "showLoading", "hideLoading", "setNavigationBarTitle", "setNavigationBarColor",
  "pageScrollTo", "stopPullDownRefresh", "startPullDownRefresh", "previewImage", "makePhoneCall", "vibrateShort",
  "vibrateLong", "showShareMenu", "hideShareMenu", "setBackgroundColor", "setBackgroundTextStyle", "hideHomeButton",
  "showNavigationBarLoading", "hideNavigationBarLoading", "hideKeyboard", "openSetting",
]; // prettier-ignore

/**
 * The functions that draw over or around the page. The host has no layout, so sizes are those of a phone, and selectors
 * find no boxes.
 */
export function screenApi(make: Maker, realm: Realm, dialogs: Dialogs): Record<string, unknown> {
  return {
    ...Object.fromEntries(silent.map((name) => [name, make.async(name, () => undefined)])),
    showModal: make.async("showModal", async () => {
      const confirm = await dialogs.ask("modal");
      return { confirm, cancel: !confirm, content: null };
    }),
    nextTick: (callback: () => void) => void setImmediate(() => realm.guard(callback)),
    getMenuButtonBoundingClientRect: () =>
      realm.own({ width: 87, height: 32, top: 51, bottom: 83, left: 296, right: 383 }),
    createSelectorQuery: () => selectorQuery(realm),
  };
}

function selectorQuery(realm: Realm): object {
  let asked = 0;
  const callbacks: ((result: null) => void)[] = [];
  const field = (callback?: (result: null) => void): object => {
    asked += 1;
    if (callback) callbacks.push(callback);
    return query;
  };
  const found = {
    boundingClientRect: field,
    scrollOffset: field,
    fields: (_: object, callback?: (result: null) => void) => field(callback),
    node: field,
  };
  const query = {
    in: () => query,
    select: () => found,
    selectAll: () => found,
    selectViewport: () => found,
    exec(done?: (results: null[]) => void) {
      setImmediate(() => {
        for (const callback of callbacks) realm.guard(() => callback(null));
        realm.guard(() => done?.(realm.own(Array.from({ length: asked }, () => null))));
      });
      return query;
    },
  };
  return query;
}
