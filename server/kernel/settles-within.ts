/** Waits at most `ms` for `work` to succeed or fail. False when it has not ended by then. */
export async function settlesWithin(work: Promise<unknown>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  const ended = work.then(() => true, () => true); // prettier-ignore
  return Promise.race([ended, limit]).finally(() => clearTimeout(timer));
}
