import { useMutation } from '@tanstack/react-query';
import { saveBlob } from '../parts/save-file.ts';
import { getFile } from './call.ts';

/** Fetches a file of our own server and hands it to the browser to keep. */
export function useDownload() {
  const mutation = useMutation({
    mutationFn: async (url: string) => {
      const { blob, fileName } = await getFile(url);
      saveBlob(fileName, blob);
    },
  });
  return {
    run: (url: string) => mutation.mutateAsync(url).catch(() => undefined), // Shown from `problem`.
    isRunning: mutation.isPending,
    problem: mutation.error,
  };
}
