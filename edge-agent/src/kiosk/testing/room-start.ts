import { newControl, type RoomWords } from '@sightline/contracts';
import { tableMeetingId } from '#kiosk/testing/table-meeting.ts';

export const ownSeat = 'venue-540202103202';
export const chairSeat = 'venue-5402';

export const roomStart: RoomWords = {
  control: newControl({
    meetingId: tableMeetingId,
    region: '5402',
    kind: 'call',
    title: '今夜降雪，了解道路和牲畜情况',
    chair: chairSeat,
    isOpen: true,
  }),
  seats: [
    { seatId: chairSeat, region: '5402', name: '日喀则市指挥中心', role: 'main' },
    { seatId: ownSeat, region: '540202103202', name: '卓村', role: 'branch' },
  ],
  pictures: [chairSeat],
  presentCount: 2,
  present: null,
};
