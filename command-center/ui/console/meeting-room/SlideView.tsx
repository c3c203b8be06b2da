import { useWords } from '@sightline/look';
import { useState, type ReactElement } from 'react';
import type { Room } from '../meetings/use-room.ts';
import { slideUrl } from './deck.ts';
import type { OwnSeat } from './use-seat.ts';

/** 课件: the page that everybody sees now. */
export function SlideView({
  room,
  seat,
}: {
  readonly room: Room;
  readonly seat: OwnSeat;
}): ReactElement | null {
  const { t } = useWords();
  const [missing, setMissing] = useState<string | null>(null);
  const { slides } = room.control;
  if (slides === null) return null;
  const { deckId, page, pages } = slides;
  const url = seat.access === null ? null : slideUrl(seat.access, deckId, page);
  const words = t('room.slides.page', { page, pages });
  return (
    <figure className="picture is-slide">
      <div className="picture-room">
        {url === null || missing === url ? (
          <p className="picture-none">
            {t(url === null ? 'room.noPicture.outside' : 'room.slides.missing')}
          </p>
        ) : (
          <img src={url} alt={words} onError={() => setMissing(url)} />
        )}
      </div>
      <figcaption>
        <span className="picture-name">{words}</span>
      </figcaption>
    </figure>
  );
}
