import { account } from "./zh/account";
import { proxyFiling } from "./zh/proxy-filing";
import { cadre } from "./zh/cadre";
import { common, errors, roles } from "./zh/common";
import { file } from "./zh/file";
import { home, requests } from "./zh/home";
import { request } from "./zh/request";
import { shifts } from "./zh/shifts";
import { steps } from "./zh/steps";
import { wechat } from "./zh/wechat";

/** All texts of the app in Chinese. Another language would be another object of this type. */
const zh = {
  common,
  errors,
  roles,
  account,
  proxyFiling,
  cadre,
  file,
  home,
  requests,
  request,
  shifts,
  steps,
  wechat,
};

export type Words = typeof zh;

/** The dictionary in use. */
export const words: Words = zh;
