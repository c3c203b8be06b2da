import { brotliCompress, constants } from 'node:zlib';
import { promisify } from 'node:util';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const ui = `${import.meta.dirname}/ui`;

export default defineConfig({
  root: ui,
  // Pages live at /console/… and /screen/…, their assets at /assets/.
  base: '/',
  plugins: [react(), compressAssets()],
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

/** Puts `.br` beside every script and sheet: the server then sends a quarter of the bytes. */
function compressAssets(): Plugin {
  const compress = promisify(brotliCompress);
  return {
    name: 'compress-assets',
    apply: 'build',
    generateBundle: {
      // After Vite itself has written its last words into the scripts.
      order: 'post',
      async handler(_, bundle) {
        for (const [fileName, asset] of Object.entries(bundle)) {
          if (!/\.(js|css)$/.test(fileName)) continue;
          const text = asset.type === 'chunk' ? asset.code : Buffer.from(asset.source);
          const source = await compress(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } });
          this.emitFile({ type: 'asset', fileName: `${fileName}.br`, source });
        }
      },
    },
  };
}
