interface KeptUrl {
  url: string;
  at: number;
}

/**
 * Keeps the addresses of pictures stable. The server signs the address anew in every reply, so that a polled page would
 * load its pictures at each poll. The first address of a path is returned until it is `maxAge` ms old; `maxAge` must be
 * less than the signature's ten minutes.
 */
export function createUrlKeeper(maxAge: number, now: () => number = Date.now): (url: string) => string {
  const kept = new Map<string, KeptUrl>();
  return (url) => {
    const path = url.split("?", 1)[0] ?? url;
    const old = kept.get(path);
    if (old && now() - old.at < maxAge) return old.url;
    kept.set(path, { url, at: now() });
    return url;
  };
}

/** The address of a picture, kept stable while the page is open. */
export const stableUrl: (url: string) => string = createUrlKeeper(8 * 60_000);
