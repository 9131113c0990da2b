import { createDrafts } from "../lib/draft";
import { newKey } from "../lib/new-key";
import { storage } from "./storage";

/** The request being written on this device. */
export const drafts = createDrafts(storage, newKey);
