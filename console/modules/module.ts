import type { HomeOutlined } from "@ant-design/icons";
import type { ComponentType } from "react";
import type { CoreLanding, Landing } from "../../contract/events.ts";
import type { Role } from "../../contract/index.ts";
import type { ContractModule } from "../../contract/module.ts";
import type { Data, EventWords } from "../lib/event-data.ts";

/** The console's part of a module. `Types` are the types of its events. */
export interface ConsoleModule<Types extends string> {
  /** The module's name, which is also the first part of its paths and the target of its navigation entry. */
  name: string;
  /** Its entry of the navigation. */
  nav: { label: string; icon: typeof HomeOutlined };
  /** The roles that see its pages. The server decides what they may do there. */
  roles: readonly Role[];
  /** Its pages by path, loaded on demand. The path of the first is the module's name. */
  pages: Readonly<Record<string, ComponentType>>;
  /** The addresses for the landings of its notices. */
  landings: Readonly<Partial<Record<Exclude<Landing, CoreLanding>, string>>>;
  /** The functions that put its events into words. */
  tellers: Readonly<Record<Types, (data: Data) => EventWords>>;
}

/** Declares the console's part of a module, typed by the module's contract. */
export const defineConsoleModule =
  <Contract extends ContractModule>() =>
  <const Name extends Contract["name"]>(
    module: ConsoleModule<keyof Contract["events"] & string> & { name: Name },
  ): ConsoleModule<keyof Contract["events"] & string> & { name: Name } =>
    module;
