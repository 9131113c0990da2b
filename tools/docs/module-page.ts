import { contractModules } from "../../contract/modules.ts";
import type { ContractModule } from "../../contract/module.ts";
import type { Access } from "../../contract/operation.ts";
import { printLifecycle } from "../../server/kernel/lifecycle-table.ts";
import { modules } from "../../server/modules/index.ts";
import { permissionsOf } from "./authorization.ts";
import { errorTable } from "./errors.ts";
import { eventTable } from "./events.ts";
import { page, table } from "./markdown.ts";
import { personalDataFields, personalDataRows } from "./privacy.ts";

const accessWords = (access: Access): string =>
  typeof access === "string" ? { anyone: "anyone", user: "logged in" }[access] : access.join(", ");

/** docs/modules/<name>.md: everything that is printed about a module. */
function printModule({ name, operations, events }: ContractModule): string {
  const module = modules.find((each) => each.name === name);
  if (!module) throw new Error(`server/modules/index.ts has no ${name}`);
  const { errors, data, lifecycles } = module;
  const none = "None.";
  return page(
    `# The module ${name}`,
    `Printed from \`contract/modules/${name}.ts\` and \`server/modules/${name}\` by \`npm run docs\`; a test keeps it so.`,
    "## Operations",
    table(
      ["operation", "", "access"],
      Object.entries(operations).map(([key, { summary, access }]) => [`\`${key}\``, summary, accessWords(access)]),
    ),
    "## Permissions",
    "People and signs are those of [authorization.md](../authorization.md).",
    permissionsOf(operations),
    ...lifecycles.flatMap(({ of, lifecycle, notes }) => [`## The life of ${of}`, printLifecycle(lifecycle), notes]),
    "## Events",
    Object.keys(events).length === 0 ? none : eventTable(events),
    "## Errors",
    Object.keys(errors).length === 0 ? none : errorTable(errors),
    "## Personal data (个人信息)",
    "### 居民",
    personalDataRows(data, "resident"),
    "### 工作人员",
    personalDataRows(data, "staff"),
    ...(data.personal.length === 0 ? [] : ["### 每个字段", personalDataFields(data)]),
  );
}

/** The printed pages of all modules, by path. */
export const modulePages: Readonly<Record<string, () => string>> = Object.fromEntries(
  contractModules.map((module) => [`docs/modules/${module.name}.md`, () => printModule(module)]),
);
