import type { AppModule } from "../module";

declare module "../../wx/navigation" {
  interface Pages {
    "/modules/complaints/complaint/index": Record<never, never>;
  }
}

/** The mini-program's part of the module: the person's own complaints (投诉), and other ways to complain. */
export const complaints: AppModule = {
  name: "complaints",
  title: "投诉与建议",
  icon: "chat",
  pages: ["complaint/index"],
  start: "/modules/complaints/complaint/index",
  landings: { complaints: "/modules/complaints/complaint/index" },
};
