/**
 * A rule for oxlint (`jsPlugins`) about regular expressions. Text from strangers is matched against them. A pattern
 * that backtracks, or starts anew at every position, takes quadratic time in the length of the text, or worse.
 */

import { RegExpParser, visitRegExpAST } from "@eslint-community/regexpp";
import { analyse } from "scslre";

interface Node {
  type: string;
  [key: string]: unknown;
}

interface Context {
  filename: string;
  report: (problem: { node: Node; message: string }) => void;
}

const isRegExp = (node: Node): boolean => {
  const callee = node.callee as Node;
  return callee.type === "Identifier" && callee.name === "RegExp";
};

const parser = new RegExpParser();

/**
 * Whether an unbounded repetition contains another one, or alternatives. Text that matches in several ways at each
 * repetition takes exponential time, which scslre does not always find.
 */
function hasNestedRepetition(source: string, flags: string): boolean {
  const modes = { unicode: flags.includes("u"), unicodeSets: flags.includes("v") };
  let [depth, nested] = [0, false];
  visitRegExpAST(parser.parsePattern(source, 0, source.length, modes), {
    onQuantifierEnter({ max }) {
      if (max !== Infinity) return;
      depth++;
      nested ||= depth > 1;
    },
    onQuantifierLeave({ max }) {
      if (max === Infinity) depth--;
    },
    onAlternativeEnter({ parent }) {
      nested ||= depth > 0 && parent.alternatives.length > 1;
    },
  });
  return nested;
}

/** The reason to refuse a pattern; null when it takes linear time in the length of the text. */
export function patternFault(source: string, flags: string): string | null {
  if (hasNestedRepetition(source, flags)) return "This pattern repeats what repeats or has alternatives.";
  const { reports } = analyse({ source, flags }, { reportTypes: { Move: true } });
  return reports.length > 0 ? "This pattern takes the square of a text's length, or longer." : null;
}

/** Requires that every pattern is a literal, so that it can be analysed, and takes linear time. */
const linear = {
  create: ({ report }: Context) => {
    const composed = (node: Node): void => {
      if (isRegExp(node)) report({ node, message: "Write the pattern as a literal: a composed one is not checked." });
    };
    return {
      Literal: (node: Node) => {
        const regex = node.regex as { pattern: string; flags: string } | undefined;
        if (!regex) return;
        const message = patternFault(regex.pattern, regex.flags);
        if (message) report({ node, message });
      },
      NewExpression: composed,
      CallExpression: composed,
    };
  },
};

// oxlint-disable-next-line import/no-default-export -- how a plugin is loaded
export default { meta: { name: "patterns" }, rules: { linear } };
