import { CommentOutlined } from "@ant-design/icons";
import { lazy } from "react";
import type { complaints as contract } from "../../../contract/modules/complaints.ts";
import { said } from "../../lib/event-data.ts";
import { defineConsoleModule } from "../module.ts";
import { words } from "./zh.ts";

/** The console's part of the module: complaints (投诉), and the photos that wait for the committee's verdict. */
export const complaints = defineConsoleModule<typeof contract>()({
  name: "complaints",
  nav: { label: words.title, icon: CommentOutlined },
  roles: ["committee", "supervisor"],
  pages: {
    complaints: lazy(() => import("./complaints-page.tsx").then((page) => ({ default: page.ComplaintsPage }))),
  },
  landings: { complaints: "/complaints" },
  tellers: {
    "complaint.erased": () => said(words.erasedOne),
    "complaint.filed": () => said(words.filed),
    "complaint.answered": () => said(words.answeredOne),
  },
});
