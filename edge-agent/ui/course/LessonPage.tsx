import type { KioskCourseContent } from '@sightline/contracts';
import { useWords } from '@sightline/look';
import { LessonView } from '@sightline/look/course';
import type { ReactElement } from 'react';
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
  const { t } = useWords();
  const { courseId, lessons } = content;
  const lesson = lessons[nth];
  const back = (): void => go({ page: 'course', courseId, step: 'lessons' });
  const isLast = nth + 1 >= lessons.length;
  return (
    <main className="page lesson">
      <PageHead onBack={back}>{lesson?.title ?? ''}</PageHead>
      {lesson !== undefined && (
        <LessonView
          lesson={lesson}
          fileUrl={(sha256) => fileOf(courseId, sha256)}
          noPlay={t('course.noPlay')}
        />
      )}
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
