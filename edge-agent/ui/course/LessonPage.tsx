import type { CourseLesson, KioskCourseContent } from '@sightline/contracts';
import { useWords } from '@sightline/look';
import { useState, type ReactElement } from 'react';
import { PageHead } from '../parts/PageHead.tsx';
import { Tile } from '../parts/Tile.tsx';
import type { Go } from '../route.ts';

interface Props {
  readonly content: KioskCourseContent;
  readonly nth: number;
  readonly go: Go;
}

/** One lesson: a film from this disk, or a page. Nothing about looking at it is kept. */
export function LessonPage({ content, nth, go }: Props): ReactElement {
  const { courseId, lessons } = content;
  const lesson = lessons[nth];
  const back = (): void => go({ page: 'course', courseId, step: 'lessons' });
  const isLast = nth + 1 >= lessons.length;
  return (
    <main className="page lesson">
      <PageHead onBack={back}>{lesson?.title ?? ''}</PageHead>
      {lesson?.kind === 'video' && <Film key={lesson.file} courseId={courseId} lesson={lesson} />}
      {lesson?.kind === 'page' && <TextAndPictures courseId={courseId} lesson={lesson} />}
      <Tile
        icon={isLast ? 'pen' : 'play'}
        textKey={isLast ? 'course.toQuiz' : 'course.nextLesson'}
        onPress={() =>
          isLast
            ? go({ page: 'course', courseId, step: 'who' })
            : go({ page: 'course', courseId, step: 'lesson', nth: nth + 1 })
        }
      />
    </main>
  );
}

const fileOf = (courseId: string, sha256: string): string =>
  `/api/courses/${courseId}/files/${sha256}`;

function Film(props: {
  readonly courseId: string;
  readonly lesson: Extract<CourseLesson, { readonly kind: 'video' }>;
}): ReactElement {
  const { courseId, lesson } = props;
  const { t } = useWords();
  const [isBroken, setBroken] = useState(false);
  if (isBroken) return <p className="page-note">{t('course.noPlay')}</p>;
  return (
    <video
      className="lesson-film"
      src={fileOf(courseId, lesson.file)}
      aria-label={lesson.title}
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
  readonly courseId: string;
  readonly lesson: Extract<CourseLesson, { readonly kind: 'page' }>;
}): ReactElement {
  const { courseId, lesson } = props;
  return (
    <div className="notice-text lesson-text" tabIndex={0} role="region" aria-label={lesson.title}>
      {lesson.text !== '' && <p>{lesson.text}</p>}
      {lesson.pictures.map(({ file, caption }) => (
        <figure key={file}>
          <img src={fileOf(courseId, file)} alt={caption} />
          {caption !== '' && <figcaption>{caption}</figcaption>}
        </figure>
      ))}
    </div>
  );
}
