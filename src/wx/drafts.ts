import { createDrafts } from "../lib/draft";
import { newKey } from "../lib/new-key";
import { storage } from "./storage";

/** Drafts of requests on this device. */
export const drafts = createDrafts(storage, newKey);
