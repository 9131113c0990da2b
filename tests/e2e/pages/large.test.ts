import { lookAtAppPages } from "./look-at-app-pages.ts";

await lookAtAppPages("large");
