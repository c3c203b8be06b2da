import { useWords } from '@sightline/look';
import { useSlide, type SlideAccess, type Slides } from '@sightline/media-client';
import type { ReactElement } from 'react';
import type { Room } from '../meetings/use-room.ts';
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
  const { slides } = room.control;
  if (slides === null) return null;
  const { page, pages } = slides;
  return (
    <figure className="picture is-slide">
      <div className="picture-room">
        {seat.access === null ? (
          <p className="picture-none">{t('room.noPicture.outside')}</p>
        ) : (
          <Page seat={seat} access={seat.access} slides={slides} />
        )}
      </div>
      <figcaption>
        <span className="picture-name">{t('room.slides.page', { page, pages })}</span>
      </figcaption>
    </figure>
  );
}

function Page(props: {
  readonly seat: OwnSeat;
  readonly access: SlideAccess;
  readonly slides: Slides;
}): ReactElement {
  const { t } = useWords();
  const { seat, access, slides } = props;
  const look = useSlide(access, slides, seat.snapshot.own?.down ?? null);
  if (look.state !== 'shown') {
    return <p className="picture-none">{t(`room.slides.${look.state}`)}</p>;
  }
  const { page, pages } = slides;
  return <img src={look.url} alt={t('room.slides.page', { page, pages })} />;
}
