import type { CourseLesson } from '@sightline/contracts';
import { useState, type ReactElement } from 'react';

interface Props {
  readonly lesson: CourseLesson;
  /** Where a file lies, by its hash. */
  readonly fileUrl: (sha256: string) => string;
  /** Said where a film does not play. */
  readonly noPlay: string;
}

/** One lesson as the kiosk shows it: a film, or a page of text with pictures. */
export function LessonView({ lesson, fileUrl, noPlay }: Props): ReactElement {
  if (lesson.kind === 'page') return <TextAndPictures lesson={lesson} fileUrl={fileUrl} />;
  const { file, title } = lesson;
  return <Film key={file} src={fileUrl(file)} title={title} noPlay={noPlay} />;
}

function Film(props: {
  readonly src: string;
  readonly title: string;
  readonly noPlay: string;
}): ReactElement {
  const { src, title, noPlay } = props;
  const [isBroken, setBroken] = useState(false);
  if (isBroken) return <p className="lesson-broken">{noPlay}</p>;
  return (
    <video
      className="lesson-film"
      src={src}
      aria-label={title}
      autoPlay
      controls
      controlsList="nodownload noremoteplayback"
      disablePictureInPicture
      onError={() => setBroken(true)}
    >
      {/* A film has its words in it; there are no subtitles of its own. */}
      <track kind="captions" />
    </video>
  );
}

function TextAndPictures(props: {
  readonly lesson: Extract<CourseLesson, { readonly kind: 'page' }>;
  readonly fileUrl: (sha256: string) => string;
}): ReactElement {
  const { lesson, fileUrl } = props;
  return (
    <div className="lesson-text" tabIndex={0} role="region" aria-label={lesson.title}>
      {lesson.text !== '' && <p>{lesson.text}</p>}
      {lesson.pictures.map(({ file, caption }) => (
        <figure key={file}>
          <img src={fileUrl(file)} alt={caption} />
          {caption !== '' && <figcaption>{caption}</figcaption>}
        </figure>
      ))}
    </div>
  );
}
