/**
 * Rules of the layer table that the linter's own import rules cannot express, as a plugin for oxlint (`jsPlugins`).
 * `.oxlintrc.json` says where each applies.
 */

import { join, posix, relative } from "node:path";

const root = join(import.meta.dirname, "..");

interface Node {
  type: string;
  [key: string]: unknown;
}

interface Context {
  filename: string;
  report: (problem: { node: Node; message: string }) => void;
}

type Rule = { meta?: { schema: object[] }; create: (context: Context) => Record<string, (node: Node) => void> };

/** Sources of time and randomness, which pure functions must get as arguments. */
const asking = new Set(["Date.now", "Math.random", "performance.now", "crypto.randomUUID", "crypto.getRandomValues"]);
const io = new Set(["process", "fetch", "console", "setTimeout", "setInterval", "globalThis"]);

/**
 * The states of a request (server/core/domain/requests/request.ts). Comparing `status` with one of them outside of the
 * domain bypasses the transition table.
 */
const statuses = new Set("queued claimed handling waiting suspended resolved closed withdrawn rejected".split(" "));

const named = (node: Node | null | undefined): string => {
  if (node?.type === "Identifier") return node.name as string;
  if (node?.type !== "MemberExpression" || node.computed) return "";
  return `${named(node.object as Node)}.${named(node.property as Node)}`;
};

/** `request.status`. A bare `status` is usually a filter's, which may be compared. */
const isStatus = (node: Node): boolean => named(node).endsWith(".status");

const isStatusWord = (node: Node | null): boolean =>
  node?.type === "Literal" && typeof node.value === "string" && statuses.has(node.value);

/** Forbids time, randomness and I/O in the domain; they must be passed as arguments. */
const pure: Rule = {
  create: ({ report }) => {
    const message = "The domain touches its arguments only: pass this in.";
    return {
      MemberExpression: (node) => {
        if (asking.has(named(node)) || io.has(named(node.object as Node))) report({ node, message });
      },
      CallExpression: (node) => {
        if (io.has(named(node.callee as Node))) report({ node, message });
      },
      NewExpression: (node) => {
        if (named(node.callee as Node) === "Date" && (node.arguments as Node[]).length === 0) report({ node, message });
      },
    };
  },
};

/**
 * Forbids comparisons of a request's state outside of the domain. Other code uses the transition table or `abilities`.
 */
const noStatusQuestion: Rule = {
  create: ({ report }) => {
    const message = "Only server/domain asks which state a request is in; others read `abilities`.";
    return {
      BinaryExpression: (node) => {
        const { left, right } = node as unknown as { left: Node; right: Node };
        if ((isStatus(left) && isStatusWord(right)) || (isStatus(right) && isStatusWord(left)))
          report({ node, message });
      },
      CallExpression: (node) => {
        const argument = (node.arguments as Node[])[0];
        if (named(node.callee as Node).endsWith(".includes") && argument && isStatus(argument))
          report({ node, message });
      },
      SwitchStatement: (node) => {
        const cases = node.cases as { test: Node | null }[];
        if (isStatus(node.discriminant as Node) && cases.some(({ test }) => isStatusWord(test)))
          report({ node, message });
      },
    };
  },
};

/**
 * A room of docs/architecture.md. Imports are given as patterns of what they resolve to: packages such as `koa` and
 * `node:fs`, or paths in the repository such as `server/kernel/errors.ts`.
 */
interface Room {
  /** The files of the room. The first matching row applies. */
  files: RegExp;
  /** Imports that are allowed, including types. */
  may: readonly RegExp[];
  /** Imports of which only types are allowed. */
  mayType?: readonly RegExp[];
  message: string;
}

const packages = /^(?!server\/|contract\/|src\/|console\/|fronts\/|engine\/|tools\/|bench\/|tests\/|config\/)/;
const packagesButMongo = new RegExp(`${packages.source}(?!mongoose$|mongodb$)`);
const packagesButKoa = new RegExp(`${packages.source}(?!koa)`);
const kernel = /^server\/kernel\//;
const contract = /^contract\//;
/** The catalogue of events, which every layer may import. */
const catalogue = /^contract\/events(\.ts|\/define\.ts)$/;
const domain = /^server\/(core|modules\/[\w-]+)\/domain\//;
const usecases = /^server\/((core|modules\/[\w-]+|log)\/usecases\/)/;
const store = /^server\/((core|modules\/[\w-]+|log)\/store\/)/;
const adapters = /^server\/(adapters|operations)\//;
/** The files that declare the ports of use cases. */
const ports = /^server\/(core|modules\/[\w-]+)\/ports\.ts$/;
const log = /^server\/log\//;
const inCore = /^server\/core\/(?!http\/|consumers\/|jobs\/)/;
const server = /^server\//;

/** The table of docs/architecture.md: rooms and their allowed imports. */
const rooms: readonly Room[] = [
  {
    files: /^server\/kernel\/http\//,
    may: [kernel, packagesButMongo],
    message: "The kernel knows no feature.",
  },
  {
    files: kernel,
    may: [kernel, packagesButKoa, catalogue],
    message: "The kernel knows no feature, and Koa only in kernel/http.",
  },
  { files: domain, may: [domain, kernel], mayType: [catalogue], message: "The domain touches its arguments only." },
  { files: contract, may: [contract, /^zod$/], message: "The contract is zod, and nothing else." },
  {
    files: usecases,
    may: [
      usecases,
      domain,
      kernel,
      /^node:crypto$/,
      /^server\/log\/[\w-]+\.ts$/,
      /^server\/core\/(words|catalogue\/[\w-]+)\.ts$/,
    ],
    mayType: [store, adapters, ports],
    message: "A use case has the domain and the ports passed in; it does not know who calls it.",
  },
  {
    files: store,
    may: [store, domain, kernel, adapters, packages],
    mayType: [/^server\/log\//],
    message: "The store makes no decisions.",
  },
  {
    files: /^server\/(core|modules\/[\w-]+)\/routes\//,
    may: [
      contract,
      usecases,
      domain,
      kernel,
      /\/(routes|presenters)\//,
      /^server\/core\/http\/handler\.ts$/,
      /^server\/demo\//,
    ],
    mayType: [ports],
    message: "A route has the contract, use cases and presenters.",
  },
  {
    files: /^server\/(core|modules\/[\w-]+)\/presenters\//,
    may: [
      domain,
      kernel,
      catalogue,
      /\/presenters\//,
      /^server\/core\/(words|http\/[\w-]+)\.ts$/,
      /^server\/log\/[\w-]+\.ts$/,
      /^react/,
      // Formats of a file and of a token; both are synchronous.
      /^server\/adapters\/(calendar\/ical|identity\/tokens)\.ts$/,
    ],
    mayType: [contract, usecases, ports, adapters, store],
    message: "A presenter shows what a use case has loaded.",
  },
  {
    files: /^server\/adapters\//,
    may: [/^server\/adapters\//, kernel, domain, packages],
    mayType: [store, contract],
    message: "An adapter answers one port.",
  },
  {
    files: /^server\/log\//,
    may: [log, kernel, domain, adapters, store, packagesButMongo, catalogue],
    mayType: [inCore],
    message: "The log has no mongoose and no fronts.",
  },
  {
    files: server,
    may: [server, contract, packagesButMongo, /^engine\//],
    mayType: [/^mongoose$/, /^mongodb$/],
    message:
      "Only stores and adapters touch mongoose; the server is deployed without fronts, tools, benches and tests.",
  },
  { files: /^engine\//, may: [/^engine\//, packages], message: "The engine knows nothing of the product." },
  {
    files: /^(src|console|fronts)\//,
    may: [/^(src|console|fronts)\//, packages],
    mayType: [contract],
    message: "A front bundles no schema, and never has server code.",
  },
];

/** The path of a file, relative to the repository. */
const pathOf = (filename: string): string => relative(root, filename).replaceAll("\\", "/");

/** What an import resolves to: a package's name, or a file's path in the repository. */
const resolved = (from: string, source: string): string =>
  source.startsWith(".") ? posix.normalize(posix.join(posix.dirname(from), source)) : source;

const isOfTypes = (node: Node): boolean => node.importKind === "type" || node.exportKind === "type";

/** Forbids async code in presenters. A presenter does no I/O, because use cases load everything that it shows. */
const synchronous: Rule = {
  create: ({ report }) => {
    const message = "A presenter does no I/O: let a use case load it.";
    const check = (node: Node): void => {
      if (node.async === true) report({ node, message });
    };
    return { FunctionDeclaration: check, FunctionExpression: check, ArrowFunctionExpression: check };
  },
};

/** Folders that modules build on. They must not import any module, whatever their row allows. */
const base = /^server\/(kernel|core|log|adapters)\//;
const modules = /^server\/modules\//;
const unnamed = "The core names no module: it asks all of them through ModuleHooks.";

/** Checks every import, including types, against the table. */
const importsByRoom: Rule = {
  create: ({ filename, report }) => {
    const file = pathOf(filename);
    const room = rooms.find(({ files }) => files.test(file));
    const check = (node: Node): void => {
      const source = node.source as (Node & { value: unknown }) | null;
      if (!room || typeof source?.value !== "string") return;
      const target = resolved(file, source.value);
      const refused = base.test(file) && modules.test(target);
      const may = isOfTypes(node) ? [...room.may, ...(room.mayType ?? [])] : room.may;
      if (refused || !may.some((pattern) => pattern.test(target)))
        report({ node: source, message: refused ? unnamed : room.message });
    };
    return {
      ImportDeclaration: check,
      ImportExpression: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
    };
  },
};

const plugin = {
  meta: { name: "folders" },
  rules: { imports: importsByRoom, pure, synchronous, "no-status-question": noStatusQuestion },
};

// oxlint loads a plugin by its default export.
export default plugin;
