import type { Realm } from "../realm.ts";
import { declaredMembers } from "./typings.ts";

/**
 * The `wx` of the app. A member that the host lacks but the typings declare as a function throws when it is called, so
 * that
 * feature detection works as in WeChat. Any other unknown member throws when it is read.
 */
export function createWx(given: Record<string, unknown>, realm: Realm): Record<string, unknown> {
  const { functions, values } = declaredMembers();
  const knows = (name: string): boolean => functions.has(name) || values.has(name);
  const unknown = Object.keys(given).filter((name) => !knows(name));
  if (unknown.length > 0) throw new Error(`the typings do not know wx.${unknown.join(", wx.")}`);

  const members: Record<string, unknown> = { ...given };
  for (const name of functions) {
    members[name] ??= () => {
      throw realm.error(`not given by the host: wx.${name}`);
    };
  }
  // Webpack's runtime stores its chunks here.
  members["webpackJsonp"] = undefined;
  return new Proxy(members, {
    get(target, name) {
      if (typeof name === "symbol" || name in target) return target[name as string];
      if (values.has(name)) throw realm.error(`not given by the host: wx.${name}`);
      throw realm.error(`wx.${name} does not exist`);
    },
  });
}
