import type { RoomWords } from '@sightline/contracts';
import { useWords } from '@sightline/look';
import {
  lookOf,
  useSlide,
  type MeetingSnapshot,
  type SlideAccess,
  type Slides,
} from '@sightline/media-client';
import type { ReactElement } from 'react';
import { Icon } from '../parts/Icon.tsx';
import { TwoLines } from '../parts/TwoLines.tsx';
import type { Front } from './front.ts';
import { Look } from './Look.tsx';
import { nameOf } from './own-seat.ts';

interface Props {
  readonly front: Front;
  readonly meeting: MeetingSnapshot;
  readonly room: RoomWords;
  readonly access: SlideAccess;
}

/** 课件 or a shared screen in the large place; where the link does not carry it, that is said. */
export function FrontTile({ front, meeting, room, access }: Props): ReactElement {
  const { t } = useWords();
  if (front.kind === 'slides') {
    const { page, pages } = front.slides;
    const words = t('meeting.slides.page', { page, pages });
    return (
      <figure className="picture is-front">
        <Page slides={front.slides} meeting={meeting} access={access} label={words} />
        <figcaption>
          <b>{words}</b>
        </figcaption>
      </figure>
    );
  }
  const { seatId } = front.picture;
  const words = t('meeting.screen.of', { name: nameOf(room, seatId) });
  return (
    <figure className="picture is-front">
      <Look
        look={lookOf(meeting, { seatId, source: 'screen', isThere: null })}
        source="screen"
        label={words}
        isLarge
      />
      <figcaption>
        <b>{words}</b>
      </figcaption>
    </figure>
  );
}

function Page(props: {
  readonly slides: Slides;
  readonly meeting: MeetingSnapshot;
  readonly access: SlideAccess;
  readonly label: string;
}): ReactElement {
  const { slides, meeting, access, label } = props;
  const look = useSlide(access, slides, meeting.own?.down ?? null);
  if (look.state !== 'shown') return <None textKey={`meeting.slides.${look.state}`} />;
  return <img src={look.url} alt={label} />;
}

function None({ textKey }: { readonly textKey: string }): ReactElement {
  return (
    <span className="picture-none">
      <Icon name="slides" />
      <TwoLines textKey={textKey} />
    </span>
  );
}
