import type { CourseResult, CourseVillage } from '@sightline/contracts';
import { listCourseResults, readCourse } from '@sightline/store';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { audited } from '../audited.ts';
import { pagesOf, wholeOf, type ExportColumn } from '../export-file.ts';
import { localTime, methodWords } from '../export-ledger.ts';
import { placeColumns, placeNamer, type PlaceName } from '../export-lists.ts';
import { exportRoute } from '../export-route.ts';
import { placeOf } from '../guard-routes.ts';
import type { RouteDeps } from '../route-deps.ts';
import { courseIdOf, notThere } from './course-read-routes.ts';

/** 导出 of a course: village by village without a name, and by name, which is audited. */
export function exportCourseRoutes(app: FastifyInstance, deps: RouteDeps): void {
  const { store } = deps;
  exportRoute<CourseVillage>(app, {
    path: 'courses/:courseId/villages',
    rule: { action: 'run-training', of: 'scope' },
    read: async (request) => {
      const [courseId, { region: scope }] = [askedCourse(request), placeOf(request)];
      const course = await readCourse(store.pool, { courseId, scope });
      if (course === null) throw notThere(courseId);
      return {
        name: `course-villages-${scope}`,
        columns: villageColumns(await placeNamer(store, scope)),
        pages: wholeOf(course.villages),
      };
    },
  });
  exportRoute<CourseResult>(app, {
    path: 'courses/:courseId/results',
    rule: { action: 'run-training', of: 'scope', purpose: 'training' },
    isPersonal: true,
    read: async (request) => {
      const [courseId, { region: scope }] = [askedCourse(request), placeOf(request)];
      const subject = `course:${courseId}`;
      const receipt = await audited(deps, request, { what: 'course-results.export', subject });
      return {
        name: `course-results-${scope}`,
        columns: resultColumns(await placeNamer(store, scope)),
        pages: pagesOf(
          (after: CourseResult | null, limit) =>
            listCourseResults(store.pool, receipt, { courseId, scope, after, limit }),
          (row) => row,
        ),
      };
    },
  });
}

function askedCourse(request: FastifyRequest): string {
  // The parameters of a path are texts.
  const { courseId = '' } = request.params as Readonly<Record<string, string>>;
  return courseIdOf(courseId);
}

function villageColumns(placeName: PlaceName): ExportColumn<CourseVillage>[] {
  return [
    ...placeColumns<CourseVillage>(placeName),
    { header: '版本 Version', cell: ({ version }) => version },
    { header: '截止 Due', cell: ({ due }) => due },
    {
      header: '已下载（北京时间） Downloaded',
      cell: ({ downloadedAt }) => localTime(downloadedAt),
      width: 18,
    },
    { header: '人数 People', cell: ({ people }) => people },
    { header: '已完成 Completed', cell: ({ completed }) => completed },
    { header: '合格 Passed', cell: ({ passed }) => passed },
  ];
}

function resultColumns(placeName: PlaceName): ExportColumn<CourseResult>[] {
  return [
    ...placeColumns<CourseResult>(placeName),
    { header: '姓名 Name', cell: ({ name }) => name },
    { header: '版本 Version', cell: ({ version }) => version },
    { header: '答对 Right', cell: ({ score }) => score },
    { header: '题数 Questions', cell: (row) => row.of },
    { header: '合格 Passed', cell: ({ passed }) => (passed ? '是 yes' : '否 no') },
    { header: '第几次 Attempt', cell: ({ attempt }) => attempt },
    { header: '共几次 Tries', cell: ({ tries }) => tries },
    { header: '方式 Method', cell: ({ method }) => methodWords[method], width: 26 },
    { header: '见证人 Witness', cell: ({ witness }) => witness },
    {
      header: '样片 Sample footage',
      cell: ({ sampleCamera }) => (sampleCamera ? '是 yes' : ''),
    },
    { header: '交卷（北京时间） Handed in', cell: ({ at }) => localTime(at), width: 18 },
    { header: '逾期 Late', cell: ({ isLate }) => (isLate ? '是 yes' : '') },
  ];
}
