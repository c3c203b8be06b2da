import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { flushTinyWeights } from '#domain/flush-tiny-weights.ts';
import { inputLength, type InputRule } from '#domain/network-input.ts';
import { FaceReaderError } from '#face-reader.ts';
import type { Manifest, NetworkKind } from '#manifest.ts';
import { FETCH_COMMAND } from '#paths.ts';
import { forbidTelemetry } from '#reader/runtime-config.ts';

/** One network, ready to run. */
export interface Network {
  readonly input: InputRule;
  /**
   * Memory for a cut-out and for the input made of it, used again for each: fresh memory costs more than the arithmetic.
   * So one frame at a time.
   */
  readonly scratch: { readonly planes: Float32Array; readonly input: Float32Array };
  /** Runs on planes of the input's size; gives the numbers of each output by its name in the manifest. */
  run(planes: Float32Array): Promise<Record<string, Float32Array>>;
  close(): Promise<void>;
}

// One thread: with two and spinning on, a frame takes five times as long on a machine of two cores.
const SESSION: InferenceSession.SessionOptions = {
  executionProviders: ['cpu'],
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  executionMode: 'sequential',
  graphOptimizationLevel: 'all',
};

/**
 * Loads a network, after its bytes have been held against the manifest's hash.
 * @throws FaceReaderError `weights` that names the file, the expected hash and the command that mends it.
 */
export async function loadNetwork(
  kind: NetworkKind,
  { manifest, weightsDir }: { manifest: Manifest; weightsDir: string },
): Promise<Network> {
  const { file, sha256, input, outputs, from } = manifest.networks[kind];
  const remedy =
    from === null
      ? `Put the file of sha256 ${sha256} there.`
      : `Expected sha256 ${sha256}. Mend it with \`${FETCH_COMMAND}\`.`;
  const path = join(weightsDir, file);
  const bytes = await readWeights(path, { sha256, remedy });
  try {
    flushTinyWeights(bytes);
    forbidTelemetry(); // For who loads without `openFaceReader`, on the main thread.
    const session = await InferenceSession.create(bytes, SESSION);
    return openNetwork(session, { input, outputs });
  } catch (error) {
    throw new FaceReaderError(
      'weights',
      `${path} cannot be run as the ${kind} network: ${text(error)}. ${remedy}`,
      {
        cause: error,
      },
    );
  }
}

async function readWeights(
  path: string,
  { sha256, remedy }: { sha256: string; remedy: string },
): Promise<Uint8Array> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw new FaceReaderError('weights', `${path} cannot be read (${text(error)}). ${remedy}`, {
      cause: error,
    });
  });
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found === sha256) return bytes;
  throw new FaceReaderError(
    'weights',
    `${path} has sha256 ${found}: it is damaged or another file. ${remedy}`,
  );
}

function openNetwork(
  session: InferenceSession,
  { input, outputs }: { input: InputRule; outputs: Readonly<Record<string, string>> },
): Network {
  const [name] = session.inputNames;
  const lacking = Object.values(outputs).filter((output) => !session.outputNames.includes(output));
  if (name === undefined || lacking.length > 0) {
    throw new Error(
      `it has no output "${lacking.join('", "')}", only "${session.outputNames.join('", "')}"`,
    );
  }
  const dims = [1, input.channels === 'grey' ? 1 : 3, input.height, input.width];
  const scratch = {
    planes: new Float32Array(3 * input.width * input.height),
    input: new Float32Array(inputLength(input)),
  };
  return {
    input,
    scratch,
    async run(planes) {
      const answer = await session.run({ [name]: new Tensor('float32', planes, dims) });
      return Object.fromEntries(
        Object.entries(outputs).map(([key, output]) => [key, numbersOf(answer[output], output)]),
      );
    },
    close: () => session.release(),
  };
}

function numbersOf(tensor: unknown, output: string): Float32Array {
  if (tensor instanceof Tensor && tensor.data instanceof Float32Array) return tensor.data;
  throw new Error(`output "${output}" holds no 32-bit floats`);
}

function text(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
