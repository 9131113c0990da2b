import type { recordOperations } from "../../../../contract/record.ts";
import { uploadPhoto } from "../../usecases/files/upload-photo.ts";
import type { Handlers } from "../../http/handler.ts";

export const fileRoutes: Handlers<Extract<keyof typeof recordOperations, "POST /api/uploads" | "GET /api/files/:id">> =
  {
    "POST /api/uploads": async ({ deps, actor, upload }) => {
      const { id, width, height, bytes } = await uploadPhoto(deps, actor, upload?.bytes);
      return { id, url: deps.files.url(id, deps.clock.now()), width, height, bytes, state: "staged" };
    },
    "GET /api/files/:id": ({ deps, params, query }) => {
      const { expires, key, sig } = query;
      return deps.files.open(params.id, { expires, key, sig }, deps.clock.now());
    },
  };
