import { spellReceipt, type ComplaintReceipt } from '@sightline/contracts';
import { useWords } from '@sightline/look';
import { Modal, Segmented } from 'antd';
import { useState, type ReactElement } from 'react';
import { LookUpForm } from './LookUpForm.tsx';
import { RaiseForm } from './RaiseForm.tsx';

/** 提意见: on every page of the console, and the way to an answer. */
export function RaiseButton(): ReactElement {
  const { t } = useWords();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="raise-button" onClick={() => setOpen(true)}>
        {t('complaints.open')}
      </button>
      <Modal
        open={isOpen}
        onCancel={() => setOpen(false)}
        footer={null}
        title={t('complaints.title')}
        width={640}
        destroyOnHidden
      >
        <RaiseSheet />
      </Modal>
    </>
  );
}

/** One dialog, two things to do; what was typed goes when it closes. */
function RaiseSheet(): ReactElement {
  const { t } = useWords();
  const [tab, setTab] = useState<'raise' | 'look-up'>('raise');
  const [receipt, setReceipt] = useState<ComplaintReceipt | null>(null);
  return (
    <div className="raise">
      <Segmented<'raise' | 'look-up'>
        block
        value={tab}
        onChange={(value) => {
          setTab(value);
          setReceipt(null);
        }}
        options={[
          { value: 'raise', label: t('complaints.raise') },
          { value: 'look-up', label: t('complaints.lookUp') },
        ]}
      />
      {tab === 'look-up' ? (
        <LookUpForm />
      ) : receipt === null ? (
        <RaiseForm onRaised={setReceipt} />
      ) : (
        <div className="raised" role="status">
          <p>{t('complaints.receipt')}</p>
          <p className="raised-number">{spellReceipt(receipt.receipt)}</p>
          <p>{t('complaints.noteIt', { count: receipt.answerDays ?? 0 })}</p>
          <button type="button" className="plain-button" onClick={() => setReceipt(null)}>
            {t('complaints.another')}
          </button>
        </div>
      )}
    </div>
  );
}
