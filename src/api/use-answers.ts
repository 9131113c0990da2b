import type { Request } from "../../contract/index.ts";
import { useQuery } from "./use-query";

/** The answers of a request with the questions of its service. Loads the catalogue only when there are answers. */
export function useAnswers(request: Request): { name: string; value: string }[] {
  const answers = Object.entries(request.answers);
  const needed = answers.length > 0 ? { params: { id: request.communityId } } : null;
  const { data } = useQuery("GET /api/communities/:id/services", needed);
  const service = data?.items.find(({ serviceCode }) => serviceCode === request.serviceCode);
  return answers.map(([code, value]) => ({
    name: service?.questions.find((question) => question.code === code)?.label ?? code,
    value,
  }));
}
