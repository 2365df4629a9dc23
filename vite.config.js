// Builds static/src into static/dist with hashed names and a manifest that the templates read.
import { resolve } from "node:path";
import { defineConfig } from "vite";

const source = resolve(import.meta.dirname, "static/src");

export default defineConfig({
  root: source,
  // Relative addresses: the portal may live under a sub-path that is known only when it runs.
  base: "./",
  publicDir: false,
  build: {
    outDir: resolve(import.meta.dirname, "static/dist"),
    emptyOutDir: true,
    manifest: "manifest.json",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    target: ["chrome90", "firefox90", "safari14"],
    rollupOptions: {
      // htmx holds an eval that its configuration (base.html) and the content security policy both forbid.
      onwarn: (warning, tell) => warning.code === "EVAL" || tell(warning),
      input: [
        resolve(source, "js/portal.js"),
        resolve(source, "scss/portal.scss"),
        resolve(source, "scss/forms.scss"),
        resolve(source, "img/seal.svg"),
      ],
    },
  },
  css: {
    preprocessorOptions: {
      scss: {
        loadPaths: [resolve(import.meta.dirname, "node_modules")],
        quietDeps: true,
        // Bootstrap 5.3 is still written with these; our own files are not.
        silenceDeprecations: ["import", "global-builtin", "color-functions", "if-function"],
      },
    },
  },
});
