import { workbookType, type RosterImportReply } from '@sightline/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Modal } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { upload } from '../api/call.ts';
import { ActButton } from '../parts/ActButton.tsx';
import { ProblemLine } from '../parts/ProblemLine.tsx';
import { GenerateResult } from './GenerateResult.tsx';
import { ImportFaults } from './ImportFaults.tsx';
import { rosterKey } from './use-roster.ts';

interface Props {
  readonly scope: string;
  /** Why it cannot be opened; null = it can. */
  readonly reason: string | null;
}

/** A workbook comes in: looked through first, every row that is wrong named, then applied as it was shown. */
export function ImportButton({ scope, reason }: Props): ReactElement {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <ActButton reason={reason} onClick={() => setOpen(true)}>
        {t('roster.import')}
      </ActButton>
      <Modal
        open={isOpen}
        onCancel={() => setOpen(false)}
        footer={null}
        title={t('roster.importTitle')}
        width={640}
        destroyOnHidden
      >
        <ImportForm scope={scope} onDone={() => setOpen(false)} />
      </Modal>
    </>
  );
}

interface FormProps {
  readonly scope: string;
  readonly onDone: () => void;
}

function ImportForm({ scope, onDone }: FormProps): ReactElement {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const url = `/api/rosters/import?region=${scope}&apply=`;
  const look = useMutation({
    mutationFn: (chosen: File) => upload<RosterImportReply>(`${url}false`, chosen, workbookType),
  });
  const apply = useMutation({
    mutationFn: (order: { readonly chosen: File; readonly digest: string }) =>
      upload<RosterImportReply>(`${url}true&digest=${order.digest}`, order.chosen, workbookType),
    onSuccess: onDone,
    onSettled: () => client.invalidateQueries({ queryKey: rosterKey }),
  });
  const reply = look.data;
  return (
    <div className="roster-form">
      <p className="quiet">{t('roster.importLead')}</p>
      <label className="drop">
        <input
          type="file"
          accept=".xlsx"
          disabled={look.isPending}
          onChange={({ target }) => {
            const [chosen] = target.files ?? [];
            // The same file, mended, may be chosen again.
            target.value = '';
            if (chosen === undefined) return;
            setFile(chosen);
            apply.reset();
            look.mutate(chosen);
          }}
        />
        <strong>
          {look.isPending ? t('roster.looking') : (file?.name ?? t('roster.chooseFile'))}
        </strong>
        <span className="quiet">{t('roster.fileWhat')}</span>
      </label>
      {reply !== undefined && reply.faults.length > 0 && <ImportFaults faults={reply.faults} />}
      {reply !== undefined && reply.faults.length === 0 && file !== null && (
        <>
          <GenerateResult reply={reply} people={null} />
          <div className="actions">
            <ActButton
              kind="main"
              reason={
                reply.villages.every(({ changed }) => changed === 0)
                  ? t('roster.nothingChanges')
                  : null
              }
              isRunning={apply.isPending}
              onClick={() => apply.mutate({ chosen: file, digest: reply.digest })}
            >
              {t('roster.apply')}
            </ActButton>
          </div>
        </>
      )}
      <ProblemLine problem={look.error ?? apply.error} />
    </div>
  );
}
