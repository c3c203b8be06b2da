import { Modal } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

const keys = [
  ['/', 'search'],
  ['j', 'down'],
  ['k', 'up'],
  ['?', 'help'],
  ['Esc', 'close'],
] as const;

export function HelpDialog({ isOpen, onClose }: Props): ReactElement {
  const { t } = useTranslation();
  return (
    <Modal open={isOpen} onCancel={onClose} footer={null} title={t('help.title')}>
      <dl className="keys">
        {keys.map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{t(`help.${what}`)}</dd>
          </div>
        ))}
      </dl>
      <p className="quiet">{t('help.audit')}</p>
    </Modal>
  );
}
