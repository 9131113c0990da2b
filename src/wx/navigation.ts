import Taro from "@tarojs/taro";

/** All pages with their parameters. Modules add theirs by declaration merging. */
export interface Pages {
  "/pages/home/index": Record<never, never>;
  "/pages/requests/index": Record<never, never>;
  "/pages/me/index": Record<never, never>;
  "/pages/file/index": Record<never, never>;
  "/pages/request/index": { id: string; filed?: string };
  "/subpackages/resident/rate/index": { id: string };
  "/subpackages/resident/step/index": { id: string; action: string };
  "/subpackages/resident/register/index": { next?: string };
  "/pages/login/index": { next?: "back" };
  "/subpackages/resident/inbox/index": Record<never, never>;
  "/subpackages/resident/near/index": Record<never, never>;
  "/subpackages/resident/follow/index": { id: string };
  "/subpackages/me/privacy/index": Record<never, never>;
  "/subpackages/me/agreement/index": Record<never, never>;
  "/subpackages/me/about/index": Record<never, never>;
  "/subpackages/me/closing/index": Record<never, never>;
  "/subpackages/me/data/index": Record<never, never>;
  "/subpackages/me/devices/index": Record<never, never>;
  "/subpackages/join/invitation/index": { scene: string };
  "/subpackages/cadre/queue/index": Record<never, never>;
  "/subpackages/cadre/handling/index": Record<never, never>;
  "/subpackages/cadre/request/index": { id: string };
  "/subpackages/cadre/step/index": { id: string; action: string };
  "/subpackages/cadre/assign/index": { id: string };
  "/subpackages/cadre/card/index": Record<never, never>;
  "/subpackages/cadre/shifts/index": Record<never, never>;
  "/subpackages/cadre/proof/index": Record<never, never>;
  "/subpackages/cadre/file/index": Record<never, never>;
  "/subpackages/cadre/co-handling/index": { id: string };
  "/subpackages/partner/tasks/index": Record<never, never>;
  "/subpackages/partner/task/index": { id: string };
  "/subpackages/partner/step/index": { id: string; action: string };
  "/subpackages/cadre/hand-over/index": { id?: string };
  "/subpackages/cadre/transfer/index": { id: string };
}
export type PagePath = keyof Pages;
/** A page without parameters. */
export type PlainPath = { [P in PagePath]: keyof Pages[P] extends never ? P : never }[PagePath];

type Params<P extends PagePath> = Record<never, never> extends Pages[P] ? [params?: Pages[P]] : [params: Pages[P]];

function url(path: string, params: Readonly<Record<string, string | undefined>> = {}): string {
  const query = Object.entries(params)
    .filter((pair): pair is [string, string] => pair[1] !== undefined)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join("&");
  return query === "" ? path : `${path}?${query}`;
}

/** Opens a page on top of the current one. */
export function open<P extends PagePath>(path: P, ...[params]: Params<P>): void {
  void Taro.navigateTo({ url: url(path, params) });
}

/** Opens the login page, which returns to the current page afterwards, whoever logs in. */
export const askLogin = (): void => open("/pages/login/index", { next: "back" });

/** Replaces the current page, so that going back does not return to it. */
export function replace<P extends PagePath>(path: P, ...[params]: Params<P>): void {
  void Taro.redirectTo({ url: url(path, params) });
}

/** Closes all pages and opens one. */
export function restartAt<P extends PagePath>(path: P, ...[params]: Params<P>): void {
  void Taro.reLaunch({ url: url(path, params) });
}

/** Goes back. When the stack has no earlier page (a shared link, a reload), opens `otherwise` instead. */
export function back(
  otherwise:
    | "/pages/home/index"
    | "/subpackages/cadre/queue/index"
    | "/subpackages/partner/tasks/index" = "/pages/home/index",
): void {
  if (canGoBack()) void Taro.navigateBack();
  else restartAt(otherwise);
}

/** Whether the stack has an earlier page. */
export function canGoBack(): boolean {
  return Taro.getCurrentPages().length > 1;
}
