import { complaints } from "./complaints/module";
import type { PlainPath } from "../wx/navigation";
import type { AppModule } from "./module";

/** The modules with pages in the mini-program. app.json has a subpackage for each. */
export const appModules: readonly AppModule[] = [complaints];

const landings: Readonly<Record<string, PlainPath | undefined>> = Object.assign(
  {},
  ...appModules.map((module) => module.landings),
);

/** The page for a module's landing. Undefined when no module has one. */
export const pageOfLanding = (landing: string): PlainPath | undefined => landings[landing];
