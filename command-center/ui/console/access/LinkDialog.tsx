import { Modal } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '../parts/CodeDialog.tsx';

interface Props {
  readonly title: string;
  readonly url: string | null;
  readonly what: string;
  readonly onClose: () => void;
}

/** A link that is shown once. */
export function LinkDialog({ title, url, what, onClose }: Props): ReactElement {
  const { t } = useTranslation();
  return (
    <Modal open={url !== null} onCancel={onClose} footer={null} title={title}>
      {url !== null && (
        <div className="code">
          <output className="link-text code-number">{url}</output>
          <CopyButton text={url} />
          <p>{what}</p>
          <p className="quiet">{t('code.once')}</p>
        </div>
      )}
    </Modal>
  );
}
