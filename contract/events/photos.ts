import { z } from "zod";
import { defineEvent } from "./define.ts";
import { id } from "./fields.ts";
import { ofRequest } from "./stale.ts";

const photo = z.strictObject({ photoId: id });

/** Events of the content check of pictures. */
export const photoEvents = {
  "photo.held": defineEvent({
    label: "照片待复核",
    about: "photo",
    data: photo,
    audience: { resident: ["photoId"], family: [] },
    notice: { offices: ["committee"], office: "有一张照片等居委会复核，请到“投诉与复核”查看。" },
    landing: "photos",
    stale: ofRequest,
  }),
  "photo.passed": defineEvent({
    label: "照片通过",
    about: "photo",
    data: photo,
    audience: { resident: ["photoId"], family: [] },
    notice: { to: ["resident", "handler", "filer"], text: "诉求 {no} 里待审核的照片已经通过，现在可以看到了。" },
    landing: "request",
    stale: ofRequest,
  }),
  "photo.rejected": defineEvent({
    label: "照片未通过",
    about: "photo",
    data: photo,
    audience: { resident: ["photoId"], family: [] },
    notice: {
      to: ["resident", "handler", "filer"],
      text: "诉求 {no} 里有一张照片没有通过内容审核，不会显示给别人。诉求照常办理，需要的话请换一张照片发消息补充。",
      filer: "您代办的诉求 {no} 里有一张照片没有通过内容审核，需要的话请换一张补充。",
    },
    landing: "request",
    stale: ofRequest,
  }),
};
