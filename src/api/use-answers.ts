import type { Request } from "../../contract/index.ts";
import { useQuery } from "./use-query";

/** The extra answers of a request beside the questions they answer. Asks for the catalogue only when there are any. */
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
