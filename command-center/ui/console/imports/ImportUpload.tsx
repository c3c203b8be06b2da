import { workbookType, type ImportKind } from '@sightline/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Radio } from 'antd';
import { useState, type DragEvent, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem, upload } from '../api/call.ts';
import { ProblemLine } from '../parts/ProblemLine.tsx';
import { importsKey } from './use-imports.ts';

const kinds: readonly ImportKind[] = ['organisations', 'members'];
/** As the server cuts it. */
const mostBytes = 32 * 1024 * 1024;

/** A workbook goes in: dropped here, or chosen. It is only read and checked, nothing is changed yet. */
export function ImportUpload({ onSent }: { readonly onSent: (importId: string) => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [kind, setKind] = useState<ImportKind>('members');
  const send = useMutation({
    mutationFn: (file: File) => {
      const refusal = refuseFile(file);
      if (refusal !== null) throw refusal;
      const name = encodeURIComponent(file.name);
      const url = `/api/imports?kind=${kind}&name=${name}`;
      return upload<{ readonly importId: string }>(url, file, workbookType);
    },
    onSuccess: ({ importId }) => {
      void client.invalidateQueries({ queryKey: importsKey });
      onSent(importId);
    },
  });
  return (
    <section className="upload" aria-label={t('imports.new')}>
      <div className="upload-kind">
        <Radio.Group
          value={kind}
          aria-label={t('imports.kind')}
          onChange={(event) =>
            setKind(event.target.value === 'members' ? 'members' : 'organisations')
          }
          options={kinds.map((value) => ({ value, label: t(`imports.kinds.${value}`) }))}
        />
        <a href={`/api/imports/template.xlsx?kind=${kind}`} download>
          {t('imports.template')}
        </a>
      </div>
      <DropPlace isSending={send.isPending} onFile={(file) => send.mutate(file)} />
      <ProblemLine problem={send.error} />
    </section>
  );
}

/** What the page knows at once about a file it need not send. */
function refuseFile(file: File): Problem | null {
  if (file.size > mostBytes) return new Problem(413, 'import-too-large', `${file.size} bytes.`);
  if (!file.name.toLowerCase().endsWith('.xlsx')) {
    return new Problem(415, 'import-no-workbook', `"${file.name}" is no .xlsx.`);
  }
  return null;
}

interface DropProps {
  readonly isSending: boolean;
  readonly onFile: (file: File) => void;
}

function DropPlace({ isSending, onFile }: DropProps): ReactElement {
  const { t } = useTranslation();
  const [isOver, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const [file] = event.dataTransfer.files;
    if (file !== undefined && !isSending) onFile(file);
  };
  return (
    <label
      className={isOver ? 'drop is-over' : 'drop'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <input
        type="file"
        accept=".xlsx"
        disabled={isSending}
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          // The same file, mended, may be chosen again.
          event.target.value = '';
          if (file !== undefined) onFile(file);
        }}
      />
      <strong>{t(isSending ? 'imports.sending' : 'imports.drop')}</strong>
      <span className="quiet">{t('imports.dropWhat')}</span>
    </label>
  );
}
