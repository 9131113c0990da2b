import { posix } from "node:path";
import type { Stack } from "../stack.ts";
import { type Maker, Refusal } from "./api.ts";

/** The navigation functions. Navigations run one at a time, in the order of the calls. */
export function navigationApi(make: Maker, stack: Stack): Record<string, unknown> {
  let last: Promise<unknown> = Promise.resolve();
  const inOrder = (move: () => Promise<void>): Promise<void> => {
    const moved = last.then(move);
    last = moved.catch(() => undefined);
    return moved;
  };
  const to = (name: "navigateTo" | "redirectTo" | "reLaunch") =>
    make.async(name, async ({ url }) => inOrder(() => stack[name](absolute(String(url), stack))));
  return {
    navigateTo: to("navigateTo"),
    redirectTo: to("redirectTo"),
    reLaunch: to("reLaunch"),
    navigateBack: make.async("navigateBack", async ({ delta = 1 }) => inOrder(() => stack.navigateBack(Number(delta)))),
    // The app has its own tab bar, because the tabs change with the role.
    switchTab: make.async("switchTab", () => {
      throw new Refusal("can not switch to no-tabBar page");
    }),
  };
}

/** Resolves a path without a leading slash relative to the page in front. */
const absolute = (url: string, stack: Stack): string =>
  url.startsWith("/") ? url : posix.join("/", posix.dirname(stack.pages.at(-1)?.path ?? ""), url);
