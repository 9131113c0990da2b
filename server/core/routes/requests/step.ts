import { replyWithRequest } from "./reply.ts";
import type { Action, Inputs } from "../../domain/requests/request-lifecycle.ts";
import { takeStep } from "../../usecases/requests/take-step.ts";
import type { Call } from "../../http/handler.ts";

/** The arguments of a step's route. */
export type StepCall = Pick<Call<"POST /api/requests/:id/claim">, "deps" | "actor" | "idempotency" | "params">;

/** Takes a step of the transition table and replies with the request after it. */
export const step = async <A extends Action>(
  { deps, actor, idempotency, params }: StepCall,
  action: A,
  input: Inputs[A],
) => replyWithRequest(deps, actor, await takeStep(deps, { actor, idempotency }, params.id, action, input));
