/**
 * Rules of the layer table that imports cannot tell, for oxlint (`jsPlugins`). `.oxlintrc.json` says where each
 * holds.
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

/** What a pure function must be given instead of asking for it. */
const asking = new Set(["Date.now", "Math.random", "performance.now", "crypto.randomUUID", "crypto.getRandomValues"]);
const io = new Set(["process", "fetch", "console", "setTimeout", "setInterval", "globalThis"]);

/**
 * The states of a request (server/core/domain/requests/request.ts), beside which a comparison is a question for the
 * transition table.
 */
const statuses = new Set("queued claimed handling waiting suspended resolved closed withdrawn rejected".split(" "));

const named = (node: Node | null | undefined): string => {
  if (node?.type === "Identifier") return node.name as string;
  if (node?.type !== "MemberExpression" || node.computed) return "";
  return `${named(node.object as Node)}.${named(node.property as Node)}`;
};

/** `request.status`; a bare `status` is most often a filter's, and filters may ask. */
const isStatus = (node: Node): boolean => named(node).endsWith(".status");

const isStatusWord = (node: Node | null): boolean =>
  node?.type === "Literal" && typeof node.value === "string" && statuses.has(node.value);

/** Time, chance and the world come in as arguments. */
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

/** Which step a state allows is asked of the transition table, and drawn from `abilities`. */
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
 * Packages and paths of the repository, as patterns of what an import resolves to: `koa`, `node:fs`,
 * `server/kernel/errors.ts`.
 */
interface Room {
  /** Which files are in it; of several rows the first that fits counts. */
  files: RegExp;
  /** What they may import, types included. */
  may: readonly RegExp[];
  /** What they may import types of, besides. */
  mayType?: readonly RegExp[];
  message: string;
}

const packages = /^(?!server\/|contract\/|src\/|console\/|fronts\/|engine\/|tools\/|bench\/|tests\/|config\/)/;
const packagesButMongo = new RegExp(`${packages.source}(?!mongoose$|mongodb$)`);
const packagesButKoa = new RegExp(`${packages.source}(?!koa)`);
const kernel = /^server\/kernel\//;
const contract = /^contract\//;
/** The catalogue of events: what may happen, whoever makes it. */
const catalogue = /^contract\/events(\.ts|\/define\.ts)$/;
const domain = /^server\/(core|modules\/[\w-]+)\/domain\//;
const usecases = /^server\/((core|modules\/[\w-]+|log)\/usecases\/)/;
const store = /^server\/((core|modules\/[\w-]+|log)\/store\/)/;
const adapters = /^server\/(adapters|operations)\//;
/** Who names the ports that use cases may ask for. */
const ports = /^server\/(core|modules\/[\w-]+)\/ports\.ts$/;
const log = /^server\/log\//;
const inCore = /^server\/core\/(?!http\/|consumers\/|jobs\/)/;
const server = /^server\//;

/** The table of docs/architecture.md: which room a line is in, and what it may touch there. */
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
      // Formats, of a file and of a token: they wait for nothing.
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

/** The path of a file in the repository. */
const pathOf = (filename: string): string => relative(root, filename).replaceAll("\\", "/");

/** What an import names: a package as it is written, a file by its path in the repository. */
const resolved = (from: string, source: string): string =>
  source.startsWith(".") ? posix.normalize(posix.join(posix.dirname(from), source)) : source;

const isOfTypes = (node: Node): boolean => node.importKind === "type" || node.exportKind === "type";

/** What is asynchronous waits for something outside: a presenter has all that it shows. */
const synchronous: Rule = {
  create: ({ report }) => {
    const message = "A presenter does no I/O: let a use case load it.";
    const check = (node: Node): void => {
      if (node.async === true) report({ node, message });
    };
    return { FunctionDeclaration: check, FunctionExpression: check, ArrowFunctionExpression: check };
  },
};

/** Every import keeps to the table, types too. */
const importsByRoom: Rule = {
  create: ({ filename, report }) => {
    const file = pathOf(filename);
    const room = rooms.find(({ files }) => files.test(file));
    const check = (node: Node): void => {
      const source = node.source as (Node & { value: unknown }) | null;
      if (!room || typeof source?.value !== "string") return;
      const target = resolved(file, source.value);
      const may = isOfTypes(node) ? [...room.may, ...(room.mayType ?? [])] : room.may;
      if (!may.some((pattern) => pattern.test(target))) report({ node: source, message: room.message });
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
