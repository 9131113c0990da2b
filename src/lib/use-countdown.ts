import { useEffect, useState } from "react";

/** A countdown in whole seconds. */
export function useCountdown(): { left: number; started: boolean; start(seconds: number): void } {
  const [end, setEnd] = useState<number | null>(null);
  const [now, setNow] = useState(() => Date.now());
  const left = end === null ? 0 : Math.max(0, Math.ceil((end - now) / 1000));
  const running = left > 0;

  useEffect(() => {
    if (!running) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [running]);

  return {
    left,
    started: end !== null,
    start(seconds) {
      setNow(Date.now());
      setEnd(Date.now() + seconds * 1000);
    },
  };
}
