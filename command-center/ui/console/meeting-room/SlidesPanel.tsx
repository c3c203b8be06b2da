import { meetingLimits } from '@sightline/contracts';
import { useWords } from '@sightline/look';
import { useMutation } from '@tanstack/react-query';
import { useId, type ReactElement } from 'react';
import { Problem } from '../api/call.ts';
import { ActButton } from '../parts/ActButton.tsx';
import { useKeys } from '../shell/use-keys.ts';
import type { Room } from '../meetings/use-room.ts';
import { uploadDeck } from './deck.ts';
import type { OwnSeat } from './use-seat.ts';
import type { Steering } from './use-steering.ts';

interface Props {
  readonly room: Room;
  readonly seat: OwnSeat;
  readonly steering: Steering;
}

/** 课件: pictures are put up as pages; arrows turn them for everybody. */
export function SlidesPanel({ room, seat, steering }: Props): ReactElement {
  const { t } = useWords();
  const { slides } = room.control;
  const turn = (steps: number) => {
    if (slides === null) return;
    const page = slides.page + steps;
    if (page < 1 || page > slides.pages) return;
    void steering.run({ act: 'show-slides', ...slides, page });
  };
  useKeys(slides === null ? {} : { ArrowRight: () => turn(1), ArrowLeft: () => turn(-1) });
  if (slides === null) return <PutUp seat={seat} steering={steering} />;
  const atFirst = slides.page === 1 ? t('room.slides.first') : null;
  const atLast = slides.page === slides.pages ? t('room.slides.last') : null;
  const hide = { act: 'hide-slides' } as const;
  return (
    <div className="panel">
      <p>{t('room.slides.page', { page: slides.page, pages: slides.pages })}</p>
      <div className="actions">
        <ActButton reason={steering.whyNot(hide) ?? atFirst} onClick={() => turn(-1)}>
          ‹ {t('room.slides.back')} <kbd>←</kbd>
        </ActButton>
        <ActButton reason={steering.whyNot(hide) ?? atLast} onClick={() => turn(1)}>
          {t('room.slides.forward')} › <kbd>→</kbd>
        </ActButton>
        <ActButton reason={steering.whyNot(hide)} onClick={() => void steering.run(hide)}>
          {t('room.slides.hide')}
        </ActButton>
      </div>
    </div>
  );
}

function PutUp({ seat, steering }: Omit<Props, 'room'>): ReactElement {
  const { t } = useWords();
  const id = useId();
  const put = useMutation({
    mutationFn: async (files: readonly File[]) => {
      if (seat.access === null) throw new Error(t('room.joinFirst'));
      const deckId = await uploadDeck(seat.access, files);
      const pages = Math.min(files.length, meetingLimits.slidePages);
      await steering.run({ act: 'show-slides', deckId, page: 1, pages });
    },
  });
  const reason = seat.access === null ? t('room.joinFirst') : null;
  return (
    <div className="panel">
      <p className="quiet">{t('room.slides.what', { count: meetingLimits.slidePages })}</p>
      <input
        id={id}
        className="file-input"
        type="file"
        accept="image/png,image/jpeg,image/webp"
        multiple
        aria-label={t('room.slides.put')}
        onChange={({ target }) => {
          if (target.files !== null && target.files.length > 0) put.mutate([...target.files]);
          target.value = '';
        }}
      />
      <ActButton
        reason={reason}
        isRunning={put.isPending}
        onClick={() => document.getElementById(id)?.click()}
      >
        {t('room.slides.put')}
      </ActButton>
      {put.error !== null && (
        <p className="problem" role="alert">
          ▲ {t('room.slides.failed')} <WhyNot fault={put.error} />
        </p>
      )}
    </div>
  );
}

/** Which picture it was, and why. */
function WhyNot({ fault }: { readonly fault: Error }): ReactElement {
  const { t } = useWords();
  const { message, cause } = fault;
  if (!(cause instanceof Problem)) return <>{message}</>;
  const why = t(`problem.${cause.code}`, { defaultValue: cause.message });
  return <>{t('room.slides.whyNot', { name: message, why })}</>;
}
