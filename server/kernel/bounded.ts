/** Waits for `work`, at most `ms`, whether it succeeds or fails. False: it had not ended. */
export async function bounded(work: Promise<unknown>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  const ended = work.then(() => true, () => true); // prettier-ignore
  return Promise.race([ended, limit]).finally(() => clearTimeout(timer));
}
