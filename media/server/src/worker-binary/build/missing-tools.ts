import { refuse, type Refusal } from '@sightline/contracts';
import { runTool, type ToolOptions } from './run-tool.ts';

/** What a build needs, with the Debian package that has it. */
const headers = {
  'uv.h': 'libuv1-dev',
  'openssl/ssl.h': 'libssl-dev',
  'srtp2/srtp.h': 'libsrtp2-dev',
  'flatbuffers/flatbuffers.h': 'libflatbuffers-dev',
} as const;

const INSTALL_COMMAND = 'node scripts/machine.mjs media';

/** A refusal that names each package missing for a build and the command that installs them; null = all there. */
export async function missingTools(options: ToolOptions): Promise<Refusal | null> {
  const isThere = async (tool: string): Promise<boolean> =>
    (await runTool([tool, '--version'], options)).code === 0;
  const compiles = await isThere('g++');
  const packages = [
    ...(compiles ? await missingHeaders(options) : ['g++', ...Object.values(headers)]),
    ...((await isThere('flatc')) ? [] : ['flatbuffers-compiler']),
  ];
  if (packages.length === 0) return null;
  return refuse(
    'media-worker-tools',
    `Building mediasoup's worker needs the Debian packages ${packages.join(', ')}. Install them: ${INSTALL_COMMAND} ` +
      '(or give a ready worker by MEDIASOUP_WORKER_BIN).',
  );
}

/** The compiler itself is asked: it knows its folders. */
async function missingHeaders(options: ToolOptions): Promise<readonly string[]> {
  const input = Object.entries(headers)
    .map(([header, name]) => `#if !__has_include(<${header}>)\nmissing ${name}\n#endif\n`)
    .join('');
  const { words } = await runTool(['g++', '-E', '-P', '-x', 'c++', '-'], { ...options, input });
  return [...words.matchAll(/^missing ([\w.+ -]+)$/gm)].map(([, name = '']) =>
    name.replaceAll(' ', ''),
  );
}
