/** What WeChat itself lays over the page and waits for the person to answer. */
export type DialogKind = "modal" | "privacy";

export interface Dialogs {
  /** Resolves with the person's yes or no. */
  ask(kind: DialogKind): Promise<boolean>;
  /** Answers the newest of its kind. Throws when there is none. */
  answer(kind: DialogKind, yes: boolean): void;
}

export function createDialogs(): Dialogs {
  const open: { kind: DialogKind; answer: (yes: boolean) => void }[] = [];
  return {
    ask: (kind) => new Promise((answer) => open.push({ kind, answer })),
    answer(kind, yes) {
      const at = open.findLastIndex((dialog) => dialog.kind === kind);
      const [dialog] = at < 0 ? [] : open.splice(at, 1);
      if (!dialog) throw new Error(`no ${kind} dialog is open`);
      dialog.answer(yes);
    },
  };
}
