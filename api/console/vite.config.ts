import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

// The client package is linked: what it shares with the console must be one copy.
export default defineConfig({
  base: "/console/",
  plugins: [react()],
  resolve: { dedupe: ["react", "react-dom", "ai", "@ai-sdk/react"] },
  build: { target: "es2022", sourcemap: false, reportCompressedSize: true, chunkSizeWarningLimit: 700 },
});
