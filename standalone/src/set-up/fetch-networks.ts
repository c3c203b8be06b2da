import { fetchWeights } from '@sightline/models';

const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1);

/** Brings the face networks by hash. Without them everything else still runs: the PIN is beside it. */
export async function fetchNetworks(report: (measured: string) => void): Promise<void> {
  try {
    const { bytes } = await fetchWeights({
      onProgress: ({ doneBytes, totalBytes }) =>
        report(`${megabytes(doneBytes)} of ${megabytes(totalBytes)} MB`),
    });
    report(`${megabytes(bytes)} MB`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    report(`not there, check-in by PIN only until the next start: ${reason}`);
  }
}
