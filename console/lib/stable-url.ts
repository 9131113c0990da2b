interface PersonalDataEntry {
  url: string;
  at: number;
}

/**
 * A picture's address is signed anew in every reply; a page that is read every few seconds would load its pictures as
 * often. Gives the address first seen for a path again until it is `maxAge` ms old (less than the signature's ten
 * minutes).
 */
export function createUrlKeeper(maxAge: number, now: () => number = Date.now): (url: string) => string {
  const kept = new Map<string, PersonalDataEntry>();
  return (url) => {
    const path = url.split("?", 1)[0] ?? url;
    const old = kept.get(path);
    if (old && now() - old.at < maxAge) return old.url;
    kept.set(path, { url, at: now() });
    return url;
  };
}

/** The picture addresses of this page. */
export const stableUrl: (url: string) => string = createUrlKeeper(8 * 60_000);
