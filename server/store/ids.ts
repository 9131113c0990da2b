import mongoose from "mongoose";

export const objectId = (id: string): mongoose.Types.ObjectId => new mongoose.Types.ObjectId(id);

/** Whether an error is a violation of a unique index; `_id` or another. */
export const isDuplicateKey = (error: unknown): error is { code: 11000; message: string } =>
  typeof error === "object" && error !== null && "code" in error && error.code === 11000;
