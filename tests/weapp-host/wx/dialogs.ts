/** Dialogs of WeChat that wait for the person's answer. */
export type DialogKind = "modal" | "privacy";

export interface Dialogs {
  /** Opens a dialog. Resolves with the person's answer. */
  ask(kind: DialogKind): Promise<boolean>;
  /** Answers the newest dialog of a kind. Throws when there is none. */
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
