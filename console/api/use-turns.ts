import { useRef, useState } from "react";
import { type ApiError, toApiError } from "./error.ts";
import { createIntent } from "./intent.ts";
import type { Act } from "./use-act.ts";

/**
 * Takes steps one after the other: whoever is faster than the line has each of them taken in its turn. The same step again while it waits
 * is a second tap. `take` is as for `useAct`.
 */
export function useTurns<Body, Done>(
  take: (body: Body, idempotencyKey: string) => Promise<Done>,
): Omit<Act<Body, Done>, "clear"> {
  const [{ waiting, error }, setState] = useState<{ waiting: number; error: ApiError | null }>({
    waiting: 0,
    error: null,
  });
  const [intent] = useState(createIntent);
  const last = useRef<{ text: string | null; done: Promise<Done | undefined> }>({
    text: null,
    done: Promise.resolve(undefined),
  });

  const run = (body: Body): Promise<Done | undefined> => {
    const text = JSON.stringify(body);
    if (last.current.text === text) return last.current.done;
    // A refusal stays in sight while what was asked for before it could be read is taken.
    setState((old) => ({ waiting: old.waiting + 1, error: old.waiting === 0 ? null : old.error }));
    const turn = async (): Promise<Done | undefined> => {
      try {
        const done = await take(body, intent.keyFor(body));
        intent.done();
        setState((old) => ({ ...old, waiting: old.waiting - 1 }));
        return done;
      } catch (thrown) {
        setState((old) => ({ waiting: old.waiting - 1, error: toApiError(thrown) }));
        return undefined;
      } finally {
        if (last.current === mine) last.current = { ...mine, text: null };
      }
    };
    const mine = { text, done: last.current.done.then(turn) };
    last.current = mine;
    return mine.done;
  };
  return { run, busy: waiting > 0, error };
}
