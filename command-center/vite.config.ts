import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const ui = `${import.meta.dirname}/ui`;

export default defineConfig({
  root: ui,
  // Pages live at /console/… and /screen/…, their assets at /assets/.
  base: '/',
  plugins: [react()],
  // The server puts a nonce of its own into each answer.
  html: { cspNonce: '__CSP_NONCE__' },
  build: {
    outDir: `${import.meta.dirname}/dist`,
    emptyOutDir: true,
    target: 'chrome140',
    // A font as a data: URL would be outside the page's policy.
    assetsInlineLimit: 0,
    rolldownOptions: { input: { console: `${ui}/console.html`, screen: `${ui}/screen.html` } },
  },
});
