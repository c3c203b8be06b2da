import { formatSince, useNow, useWords, type Language } from '@sightline/look';
import { Modal } from 'antd';
import { useState, type ReactElement, type ReactNode } from 'react';

export interface ShownCode {
  readonly code: string;
  readonly expiresAt: string;
}

interface Props {
  readonly shown: ShownCode | null;
  readonly title: string;
  /** Where it is typed in, and by whom. */
  readonly steps: ReactNode;
  readonly onClose: () => void;
}

/** A code big enough to be read out over the telephone, with how long it still lives. */
export function CodeDialog({ shown, title, steps, onClose }: Props): ReactElement {
  return (
    <Modal open={shown !== null} onCancel={onClose} footer={null} title={title} width={520}>
      {shown !== null && <BigCode shown={shown} steps={steps} />}
    </Modal>
  );
}

function BigCode({ shown, steps }: { readonly shown: ShownCode; readonly steps: ReactNode }) {
  const { t, language } = useWords();
  const now = useNow();
  const left = now.until(Temporal.Instant.from(shown.expiresAt));
  const isOver = left.sign <= 0;
  return (
    <div className="code">
      <output className={isOver ? 'code-text is-over' : 'code-text'} aria-live="polite">
        {spaced(shown.code)}
      </output>
      <p className={isOver ? 'problem' : 'code-left'} role="timer">
        {isOver ? t('code.over') : t('code.left', { left: formatLeft(left, language) })}
      </p>
      {!isOver && <CopyButton text={shown.code} />}
      <div className="code-steps">{steps}</div>
      <p className="quiet">{t('code.once')}</p>
    </div>
  );
}

/** 9:58 within the hour, 23 小时 59 分 before. */
function formatLeft(left: Temporal.Duration, language: Language): string {
  const seconds = Math.floor(left.total('seconds'));
  if (seconds >= 3600) return formatSince(left, language);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** 12345678 → 1234 5678; longer codes come with their own dashes. */
function spaced(code: string): string {
  return /^\d{8}$/.test(code) ? `${code.slice(0, 4)} ${code.slice(4)}` : code;
}

export function CopyButton({ text }: { readonly text: string }): ReactElement {
  const { t } = useWords();
  const [state, setState] = useState<'ready' | 'copied' | 'failed'>('ready');
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setState('copied'),
      () => setState('failed'),
    );
  return (
    <button type="button" className="plain-button" onClick={() => void copy()}>
      {t(`copy.${state}`)}
    </button>
  );
}
