import { Modal } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe } from '../api/use-me.ts';
import { pagesFor } from './pages.ts';

interface Props {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

const keys = [
  ['/', 'search'],
  ['j', 'down'],
  ['k', 'up'],
  ['Enter', 'open'],
  ['a', 'act'],
  ['e', 'export'],
  ['?', 'help'],
  ['Esc', 'close'],
] as const;

/** Every key the console knows, and the pages this account may go to. */
export function HelpDialog({ isOpen, onClose }: Props): ReactElement {
  const { t } = useTranslation();
  const { roles } = useMe();
  return (
    <Modal open={isOpen} onCancel={onClose} footer={null} title={t('help.title')}>
      <dl className="keys">
        {keys.map(([key, what]) => (
          <KeyLine key={key} keys={[key]} what={t(`help.${what}`)} />
        ))}
        {pagesFor(roles).map(({ key, path }) => (
          <KeyLine key={path} keys={['g', key]} what={t(`nav.${path}`)} />
        ))}
      </dl>
      <p className="quiet">{t('help.audit')}</p>
    </Modal>
  );
}

function KeyLine({ keys, what }: { readonly keys: readonly string[]; readonly what: string }) {
  return (
    <div>
      <dt>
        {keys.map((key) => (
          <kbd key={key}>{key}</kbd>
        ))}
      </dt>
      <dd>{what}</dd>
    </div>
  );
}
