import type { Realm } from "../realm.ts";

/** The device's file system: the folder of the user's data, in memory. */
export interface Files {
  read(path: string): Buffer | undefined;
  api: Record<string, unknown>;
}

export const USER_DATA_PATH = "wxfile://usr";

export function createFiles(realm: Realm): Files {
  const files = new Map<string, Buffer>();
  const manager = {
    writeFileSync(path: string, data: string, encoding: BufferEncoding = "utf8") {
      if (!path.startsWith(`${USER_DATA_PATH}/`))
        throw realm.error(`writeFileSync:fail permission denied, open ${path}`);
      files.set(path, Buffer.from(data, encoding));
    },
    accessSync(path: string) {
      if (!files.has(path)) throw realm.error(`accessSync:fail no such file or directory ${path}`);
    },
    unlinkSync(path: string) {
      if (!files.delete(path)) throw realm.error(`unlinkSync:fail no such file or directory ${path}`);
    },
  };
  return { read: (path) => files.get(path), api: { getFileSystemManager: () => manager, env: { USER_DATA_PATH } } };
}
