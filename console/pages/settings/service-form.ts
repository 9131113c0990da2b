import type { CatalogueService, Input } from "../../../contract/index.ts";

type Edited = Input<"PUT /api/communities/:id/catalogue/:serviceCode">["body"]["service"];
type Question = Edited["questions"][number];

/** A service as the form holds it: lists as text, one item a line; new questions without a code. */
export interface Written extends Omit<Edited, "knowledgeCard" | "groupTitle" | "group" | "emergencyNotice"> {
  serviceCode: string;
  group: string | string[];
  emergencyNotice: string;
  bring: string;
  ask: string;
  say: string;
}

/** The form's initial values. A new service gets the usual deadlines. */
export function writeService(service: CatalogueService | null): Partial<Written> {
  if (!service) {
    return {
      urgency: "normal",
      clock: "always",
      respondMinutes: 30,
      resolveMinutes: 1440,
      keywords: [],
      positions: [],
      questions: [],
      identityRequired: false,
      anywhere: false,
      shared: false,
    };
  }
  const { knowledgeCard, emergencyNotice, version: _version, ...rest } = service;
  const joined = (lines: readonly string[]): string => lines.join("\n");
  return {
    ...rest,
    emergencyNotice: emergencyNotice ?? "",
    bring: joined(knowledgeCard.bring),
    ask: joined(knowledgeCard.ask),
    say: joined(knowledgeCard.say),
  };
}

const linesOf = (text: string | undefined): string[] =>
  (text ?? "")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");

/**
 * Converts the form's values to a service. An existing question keeps its code, because answers refer to it; a new one
 * gets the next free code.
 */
export function readService(written: Written, groups: ReadonlyMap<string, string>): Edited {
  const { serviceCode: _code, bring, ask, say, emergencyNotice, questions, retired, ...rest } = written;
  const named = Array.isArray(written.group) ? (written.group[0] ?? "") : written.group;
  const known = groups.has(named);
  const taken = new Set(questions.map(({ code }) => code));
  const codeOf = ({ code }: Question): string => {
    if (code) return code;
    let n = 1;
    while (taken.has(`q${n}`)) n++;
    taken.add(`q${n}`);
    return `q${n}`;
  };
  return {
    ...rest,
    group: known ? named : "general",
    groupTitle: groups.get(named) ?? named,
    emergencyNotice: emergencyNotice?.trim() || null,
    questions: questions.map((question) => ({
      ...question,
      code: codeOf(question),
      options: question.kind === "choice" ? question.options : [],
      required: question.required ?? false,
    })),
    knowledgeCard: { bring: linesOf(bring), ask: linesOf(ask), say: linesOf(say) },
    retired: retired ?? false,
  };
}
