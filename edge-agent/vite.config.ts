import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: `${import.meta.dirname}/ui`,
  base: './',
  plugins: [react()],
  build: {
    outDir: `${import.meta.dirname}/dist`,
    emptyOutDir: true,
    target: 'chrome140',
    // A font as a data: URL would be outside the page's policy.
    assetsInlineLimit: 0,
  },
});
