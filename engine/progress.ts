/** Tells the operator what takes long: once after a few seconds, and again while it lasts. */
const FIRST_AFTER = 3_000;
const AGAIN_EVERY = 5_000;

/** Runs work; when it takes longer than 3 s, logs `label` with the seconds that have passed, every 5 s. */
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
