/** Rules of the layer table that imports cannot tell, for oxlint (`jsPlugins`). `.oxlintrc.json` says where each holds. */

interface Node {
  type: string;
  [key: string]: unknown;
}

interface Context {
  options: readonly unknown[];
  report: (problem: { node: Node; message: string }) => void;
}

type Rule = { meta?: { schema: object[] }; create: (context: Context) => Record<string, (node: Node) => void> };

/** What a pure function must be given instead of asking for it. */
const asking = new Set(["Date.now", "Math.random", "performance.now", "crypto.randomUUID", "crypto.getRandomValues"]);
const io = new Set(["process", "fetch", "console", "setTimeout", "setInterval", "globalThis"]);

/** The states of a request (server/domain/request.ts), beside which a comparison is a question for the transition table. */
const statuses = new Set("queued claimed handling waiting resolved closed withdrawn rejected".split(" "));

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

/** Keystone 1: which step a state allows is asked of the transition table, and drawn from `abilities`. */
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

/** `["error", { only, types, message }]`: every import of the folder must match `only`, types too, which may also match `types`. (oxlint's own rule knows no "all but".) */
const imports: Rule = {
  meta: { schema: [{ type: "object", required: ["only", "message"] }] },
  create: ({ options, report }) => {
    const { only, types, message } = options[0] as { only: string; types?: string; message: string };
    const allowed = new RegExp(only);
    const allowedTypes = new RegExp(types ? `${only}|${types}` : only);
    const check = (node: Node): void => {
      const source = node.source as (Node & { value: string }) | null;
      const patterns = [node.importKind, node.exportKind].includes("type") ? allowedTypes : allowed;
      if (source && !patterns.test(source.value)) report({ node: source, message });
    };
    return {
      ImportDeclaration: check,
      ImportExpression: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
    };
  },
};

const plugin = { meta: { name: "folders" }, rules: { imports, pure, "no-status-question": noStatusQuestion } };

// oxlint loads a plugin by its default export.
export default plugin;
