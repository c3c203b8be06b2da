import { regionLevel, type PersonView, type ReadingView } from '@sightline/contracts';
import { EmptyState, useWords } from '@sightline/look';
import { Button, Modal } from 'antd';
import { useState, type ReactElement } from 'react';
import { useList } from '../api/use-list.ts';
import { useMay } from '../api/use-me.ts';
import { ActButton } from '../parts/ActButton.tsx';
import { Pager } from '../parts/Pager.tsx';
import { ProblemLine } from '../parts/ProblemLine.tsx';
import { When } from '../parts/StatusWord.tsx';

interface Props {
  readonly person: PersonView;
}

/** 谁查看过: asked for by the person; on paper, for whoever wants to take it along. */
export function ReadingsButton({ person }: Props): ReactElement {
  const { t } = useWords();
  const maySee = useMay('see-readings');
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <ActButton
        kind="text"
        reason={maySee ? null : t('reason.role')}
        onClick={() => setOpen(true)}
      >
        {t('readings.open')}
      </ActButton>
      <Modal
        open={isOpen}
        onCancel={() => setOpen(false)}
        footer={null}
        title={t('readings.title', { name: person.name })}
        width={720}
        // Printed as a receipt is: the sheet alone.
        className="receipt-dialog"
        destroyOnHidden
      >
        <Sheet person={person} />
      </Modal>
    </>
  );
}

function Sheet({ person }: Props): ReactElement {
  const { t } = useWords();
  const list = useList<ReadingView>({
    key: ['readings', person.personId],
    url: `/api/people/${person.personId}/readings?purpose=subject-request`,
    cursor: 'before',
  });
  return (
    <div className="receipt readings">
      <p>{t('readings.lead')}</p>
      <ProblemLine problem={list.problem} />
      {!list.isLoading && list.items.length === 0 && list.problem === null && (
        <EmptyState title={t('readings.none')} whatToDo={t('readings.lead')} />
      )}
      <table>
        <thead>
          <tr>
            {['at', 'who', 'what', 'why'].map((column) => (
              <th key={column} scope="col">
                {t(`readings.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {list.items.map((reading) => (
            <Row key={reading.seq} reading={reading} />
          ))}
        </tbody>
      </table>
      <div className="actions receipt-acts">
        <Button onClick={() => globalThis.print()}>{t('readings.print')}</Button>
        <Pager {...list} />
      </div>
    </div>
  );
}

function Row({ reading }: { readonly reading: ReadingView }): ReactElement {
  const { t } = useWords();
  const { at, login, roles, accountRegion, what, purpose, personId } = reading;
  const act = what.replaceAll('.', '-');
  return (
    <tr>
      <td>
        <When at={at} />
      </td>
      <td>
        <strong>{login ?? t('readings.system')}</strong>
        <span className="fine">
          {[
            accountRegion === null ? '' : t(`readings.level.${regionLevel(accountRegion)}`),
            ...roles.map((role) => t(`role.${role}`)),
          ].join(' ')}
        </span>
      </td>
      <td>
        {t(`audit.act.${act}`, { defaultValue: what })}
        <span className="fine">{t(personId === null ? 'readings.whole' : 'readings.own')}</span>
      </td>
      <td>{t(`purpose.${purpose}`, { defaultValue: purpose })}</td>
    </tr>
  );
}
