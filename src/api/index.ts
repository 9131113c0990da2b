/** The interface to the server for pages and components. Only this folder uses the network. */
export { ApiError, toApiError } from "./error";
export { absolute, absoluteUrl } from "./transport";
export { forgetQueries, refreshQueries } from "./query-cache";
export { useQuery } from "./use-query";
export type { Query } from "./use-query";
export type { Action } from "./use-action";
export { useAction } from "./use-action";
export { call, mayCallAsUser, refreshMe, session, uploadPhoto, useMe } from "./connection";
export { chooseCommunity, useCommunity } from "./use-community";
export { longest, plainSteps, takePlainStep, takeStep, takesPhotos, takesUntil } from "./take-step";
export type { PlainStep, WordStep } from "./take-step";
export { switchLargeText } from "./switch-large-text";
export { useAnswers } from "./use-answers";
export { useConsents } from "./use-consents";
export { useLive } from "./use-live";
export { useMarkRead } from "./use-mark-read";
export { useUnread } from "./use-unread";
