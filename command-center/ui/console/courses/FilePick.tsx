import type { UploadedFile } from '@sightline/contracts';
import { useWords } from '@sightline/look';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState, type ReactElement } from 'react';
import { ActButton } from '../parts/ActButton.tsx';
import { ProblemLine } from '../parts/ProblemLine.tsx';
import { uploadFile, type FileProgress } from './upload-file.ts';
import { coursesKey } from './use-courses.ts';

interface Props {
  readonly courseId: string;
  readonly kind: 'video' | 'image';
  /** What stands there now; null = nothing. */
  readonly file: UploadedFile | null;
  readonly onPicked: (sha256: string) => void;
}

const accepted = {
  video: 'video/mp4,video/webm',
  image: 'image/jpeg,image/png,image/webp',
} as const;

const begun: FileProgress = { step: 'sending', share: 0 };

/** A film or a picture: chosen here, sent in pieces, checked and recoded by the server, with how far it is and a way to stop. */
export function FilePick({ courseId, kind, file, onPicked }: Props): ReactElement {
  const { t } = useWords();
  const client = useQueryClient();
  const [{ step, share }, setProgress] = useState<FileProgress>(begun);
  const stop = useRef<AbortController | null>(null);
  const send = useMutation({
    mutationFn: (chosen: File) => {
      setProgress(begun);
      stop.current = new AbortController();
      const { signal } = stop.current;
      return uploadFile({ courseId, file: chosen, kind, onProgress: setProgress, signal });
    },
    onSuccess: async (sha256) => {
      await client.invalidateQueries({ queryKey: coursesKey });
      onPicked(sha256);
    },
  });
  const isStopped = stop.current?.signal.aborted === true;
  const choose = t(kind === 'video' ? 'courseEditor.chooseVideo' : 'courseEditor.choosePicture');
  return (
    <div className="file-pick">
      {file !== null && <FileName file={file} />}
      {send.isPending ? (
        <span className="file-sending">
          <progress value={share} max={1} aria-label={choose} />
          <span>{t(`courseEditor.${step}`, { percent: Math.floor(share * 100) })}</span>
          <ActButton kind="text" reason={null} onClick={() => stop.current?.abort()}>
            {t('courseEditor.stop')}
          </ActButton>
        </span>
      ) : (
        <label className="file-choose">
          <input
            type="file"
            accept={accepted[kind]}
            onChange={(event) => {
              const [chosen] = event.target.files ?? [];
              // The same file, mended, may be chosen again.
              event.target.value = '';
              if (chosen !== undefined) send.mutate(chosen);
            }}
          />
          <span>{file === null ? choose : t('courseEditor.replace')}</span>
        </label>
      )}
      <ProblemLine problem={isStopped ? null : send.error} />
    </div>
  );
}

function FileName({ file }: { readonly file: UploadedFile }): ReactElement {
  const { t } = useWords();
  const megabytes = (file.bytes / 1024 ** 2).toFixed(1);
  return (
    <span className="file-name">{t('courseEditor.size', { name: file.name, megabytes })}</span>
  );
}
