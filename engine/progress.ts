/** Reports long-running work to the operator. */
const FIRST_AFTER = 3_000;
const AGAIN_EVERY = 5_000;

/** Runs work. When it takes longer than 3 s, logs `label` with the elapsed seconds, and again every 5 s. */
export async function withProgress<T>(label: string, log: (line: string) => void, work: () => Promise<T>): Promise<T> {
  const began = Date.now();
  let timer: NodeJS.Timeout;
  const tell = (): void => {
    log(`${label} …… 已用 ${Math.round((Date.now() - began) / 1000)} 秒`);
    timer = setTimeout(tell, AGAIN_EVERY);
  };
  timer = setTimeout(tell, FIRST_AFTER);
  try {
    return await work();
  } finally {
    clearTimeout(timer);
  }
}
