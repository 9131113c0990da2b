import type { PagesOfModule } from "../../support/looked-at.ts";

const address = (): string => "/#/modules/complaints/complaint/index";

export const pages: PagesOfModule = {
  appPages: [
    ["complaint", "resident", address, "何芳答复您"],
    ["complaint-about", "resident", address, "何芳答复您", /^和哪件诉求有关/],
    ["complaint-guest", "stranger", address, "登录后可以写"],
  ],
  consolePages: [["console-complaints", () => "/console/complaints", "待答复"]],
};
