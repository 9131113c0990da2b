import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Test files that take longer than others, the longest first. */
const long = [
  ...["server/keys/rotation", "server/new-module", "server/authorization/matrix", "server/demo/seed"],
  ...["e2e/pages/standard", "e2e/pages/large", "e2e/pages/console", "e2e/chaos", "e2e/collaboration", "e2e/policy"],
  ...["e2e/resident", "e2e/evening"],
].map((name) => `/tests/${name}.test.ts`);

const rank = ({ moduleId }: TestSpecification): number => {
  const at = long.findIndex((name) => moduleId.endsWith(name));
  return at < 0 ? long.length : at;
};

/**
 * Starts long test files first, so that at the end neither worker waits for the other. Vitest knows durations from an
 * earlier run only, and without one goes by the size of files.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const ofEachProject = [...Map.groupBy(sorted, ({ project }) => project).values()];
    return ofEachProject.flatMap((all) => all.toSorted((a, b) => rank(a) - rank(b)));
  }
}
