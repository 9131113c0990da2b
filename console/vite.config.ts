import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The server serves the console below `/console/`. In development Vite serves it and proxies `/api` to the server. */
export default defineConfig({
  root: here("."),
  base: "/console/",
  plugins: [react()],
  build: { outDir: here("../dist/console"), emptyOutDir: true, target: "es2022", chunkSizeWarningLimit: 1200 },
  server: {
    host: "127.0.0.1",
    port: 5174,
    proxy: { "/api": { target: "http://127.0.0.1:3000" } },
  },
});
