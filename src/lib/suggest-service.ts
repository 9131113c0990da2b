import type { Service } from "../../contract/index.ts";

type Suggestible = Pick<Service, "serviceCode" | "title" | "keywords">;

/** The service whose keywords match the description best; longer keywords count more. Null when none matches. */
export function suggestService<S extends Suggestible>(words: string, services: readonly S[]): S | null {
  let best: S | null = null;
  let bestScore = 0;
  for (const service of services) {
    const score = [service.title, ...service.keywords]
      .filter((keyword) => keyword.length > 0 && words.includes(keyword))
      .reduce((sum, keyword) => sum + keyword.length, 0);
    if (score > bestScore) {
      best = service;
      bestScore = score;
    }
  }
  return best;
}
