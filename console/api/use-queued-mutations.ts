import { useIsMutating, useMutation, useQueryClient } from "@tanstack/react-query";
import { useId, useRef, useState } from "react";
import { type ApiError, toApiError } from "./error.ts";
import { createIdempotencyKeys } from "./idempotency-keys.ts";
import type { Mutation } from "./use-mutation.ts";

type Take<Body, Done> = (body: Body, idempotencyKey: string) => Promise<Done>;

/**
 * Takes steps one after the other, in the order of the calls. A step that already waits in the queue is not added
 * again, so that a double tap is one step. `take` is as for `useMutation`.
 */
export function useQueuedMutations<Body, Done>(take: Take<Body, Done>): Omit<Mutation<Body, Done>, "clear"> {
  const queue = useId();
  const client = useQueryClient();
  const waiting = useIsMutating({ mutationKey: [queue] });
  const [error, setError] = useState<ApiError | null>(null);
  const [keys] = useState(createIdempotencyKeys);
  const last = useRef<{ text: string; done: Promise<Done | undefined> } | null>(null);
  const { mutateAsync } = useMutation<Done, unknown, { body: Body; take: Take<Body, Done> }>({
    mutationKey: [queue],
    scope: { id: queue },
    // Uses the `take` of the render in which the step was asked for. Another item may be on screen when its turn comes.
    mutationFn: async ({ body, take: takeThen }) => {
      const done = await takeThen(body, keys.keyFor(body));
      keys.done();
      return done;
    },
  });

  const run = (body: Body): Promise<Done | undefined> => {
    const text = JSON.stringify(body);
    if (last.current?.text === text) return last.current.done;
    // An error stays visible while the steps that were queued before it are taken.
    if (client.isMutating({ mutationKey: [queue] }) === 0) setError(null);
    const turn = async (): Promise<Done | undefined> => {
      try {
        return await mutateAsync({ body, take });
      } catch (thrown) {
        setError(toApiError(thrown));
        return undefined;
      } finally {
        if (last.current === mine) last.current = null;
      }
    };
    const mine = { text, done: turn() };
    last.current = mine;
    return mine.done;
  };
  return { run, busy: waiting > 0, error };
}
