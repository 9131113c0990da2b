import { EngineFailure } from "../../engine/index.ts";
import { InvalidSettingError } from "../env.ts";
import { KeyMismatchError } from "../adapters/keys/key-proof.ts";
import { InvalidKeyRingError } from "../adapters/keys/keys.ts";
import { SchemaMismatchError } from "./schema.ts";

interface Failure {
  code?: string;
  name?: string;
  syscall?: string;
  path?: string;
  address?: string;
  hostname?: string;
  port?: number;
}

/** A text without the addresses of databases in it, which have passwords. */
export const withoutUris = (text: string): string =>
  text.replaceAll(/mongodb(?:\+srv)?:\/\/[^\s"'“”]*/gi, "mongodb://…");

/**
 * Why the server did not start, as a sentence for the operator that says what is wrong and what to do. Null for a
 * programming error, which is reported with its stack.
 */
export function startFailure(error: unknown): string | null {
  const told = [InvalidSettingError, EngineFailure, InvalidKeyRingError, KeyMismatchError, SchemaMismatchError].some(
    (kind) => error instanceof kind,
  );
  if (told) return (error as Error).message;
  const { code, name, syscall, path, address, hostname, port } = error as Failure;
  if (code === "EADDRINUSE") return `端口 ${port} 已被别的程序占用；请先停止它，或用 PORT 换一个端口。`;
  if (syscall === "listen" || syscall === "getaddrinfo")
    return `不能在 ${address ?? hostname} 上开门（${code}）；请检查 HOST 与 PORT。`;
  if (path && ["EACCES", "EPERM", "EROFS", "ENOENT", "EEXIST", "ENOTDIR", "EISDIR", "ENOSPC"].includes(code ?? ""))
    return `不能读写 ${path}（${code}）；请检查 DATA_DIR 与 KEYS_FILE 是否可写。`;
  if (name === "MongooseServerSelectionError" || name === "MongoParseError")
    return `连不上 MONGODB_URI 指定的数据库：${withoutUris((error as Error).message)}；请检查地址，并确认副本集正在运行。`;
  return null;
}
