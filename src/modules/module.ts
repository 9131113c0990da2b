import type { CoreLanding, Landing } from "../../contract/events.ts";
import type { IconName } from "../components/icon";
import type { PlainPath } from "../wx/navigation";

/** The mini-program's part of a module: a subpackage. Its pages are added to `Pages` by declaration merging. */
export interface AppModule {
  /** Its folder below src/modules, which is also the name of the subpackage. */
  name: string;
  /** The text of the link to it, and the title of its first page. */
  title: string;
  icon: IconName;
  /** Its pages below its folder, as in app.json. The link on the page “我” leads to the first. */
  pages: readonly [first: string, ...more: string[]];
  /** The target of its link. */
  start: PlainPath;
  /** The pages for the landings of its notices. */
  landings: Readonly<Partial<Record<Exclude<Landing, CoreLanding>, PlainPath>>>;
}
