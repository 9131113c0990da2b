import { useEffect, useState } from "react";

const TICK_MS = 15_000;

/** The time, moving on every quarter of a minute, so that "3 分钟前" stays true while a page is open. */
export function useNow(): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}
