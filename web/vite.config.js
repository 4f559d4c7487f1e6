import { defineConfig } from "vite";

// One classic script and one style sheet with fixed names: a page opened from disk may load neither modules nor
// files by fetch, so the published site must run from plain <script> tags.
const classicScript = {
  name: "classic-script",
  transformIndexHtml: {
    order: "post",
    handler: (html) => html.replace(/<script type="module" crossorigin/g, "<script defer").replace(/ crossorigin/g, ""),
  },
};

export default defineConfig({
  base: "./",
  plugins: [classicScript],
  build: {
    outDir: "../src/whoholds/serve/static",
    emptyOutDir: true,
    modulePreload: false,
    chunkSizeWarningLimit: 2000,
    rolldownOptions: {
      transform: { define: { "import.meta": "{}" } },
      output: { format: "iife", entryFileNames: "app.js", assetFileNames: "app.[ext]" },
    },
  },
});
