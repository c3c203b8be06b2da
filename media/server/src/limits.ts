/** Every ceiling of the media server, in one place. */
export const limits = {
  worker: {
    /** A worker run bare answers at once; one that does not is none. */
    proofMs: 5_000,
    /** The package's own prebuilt binary (4 MB); a network that swallows packets never says no. */
    prebuiltMs: 90_000,
    /** All of a build, on a slow machine with other work: 50 s on two idle cores. */
    buildMs: 30 * 60_000,
    /** One call of a tool that only answers. */
    toolMs: 60_000,
    /** Another process's build is looked at so often. */
    waitPollMs: 500,
    /** Compilers at once, each up to 1 GB of memory. */
    compilers: 8,
    /** What of a compiler's words is kept for the message of a fault. */
    toolOutputBytes: 1024 * 1024,
    /** Source text compiled in one go: the headers are read once for all of it. */
    unitBytes: 220_000,
  },
  workers: {
    /** One a core, at most so many on a large machine. */
    count: 16,
    /** From the spawn to its first word. */
    startMs: 5_000,
    /** Lost to started again: the first pause doubling to the last, so that a loss is mended within 3 s. */
    restart: { firstMs: 100, lastMs: 2_000 },
    /** A worker that lived so long was sound: the next loss is a first one. */
    soundMs: 30_000,
    /** Each is asked for its CPU time so often; one that stays silent for longer than `silentMs` hangs. */
    usageEveryMs: 2_000,
    silentMs: 6_000,
    /** From the wish to end to SIGKILL, and from SIGKILL to the end. */
    endMs: 2_000,
    killMs: 2_000,
  },
  http: {
    headerBytes: 8 * 1024,
    headersMs: 10_000,
    requestMs: 60_000,
    connections: 4_000,
    /** Bare connections of one address; the loopback, where a proxy stands, is not counted. */
    perAddress: 1_024,
  },
  link: {
    /** Words that wait for the centre, of all rooms; beyond it the oldest that can be missed goes. */
    waiting: 20_000,
    /** Of them hands and lines, which cannot: beyond it no more are taken. */
    waitingKept: 10_000,
    /** A journal of the waiting words that is larger, and half of it done, is written anew. */
    journalBytes: 4 * 1024 * 1024,
    /** One word may wait so long for its acknowledgement; then it is said again. */
    answerMs: 10_000,
    /** At the end, for what the centre has not acknowledged. */
    lastWordsMs: 1_500,
    retry: { firstMs: 500, lastMs: 10_000 },
    /** Of a batch in one word. */
    spells: 200,
    segments: 100,
    /** Which chairs sit in their rooms is said so often. */
    chairsMs: 10_000,
  },
  signal: {
    connections: 3_000,
    handshakeMs: 5_000,
    pingIntervalMs: 5_000,
    // Over 8 kbit/s a word of a few kilobytes holds an answer up for seconds, and the media before it for more.
    pingTimeoutMs: 30_000,
    /** A page that comes before the centre told the rooms waits for them, not longer. */
    roomsMs: 3_000,
    /** Packets that wait for one slow page; then it is dropped and comes again. */
    packetsWaiting: 256,
    tokenChars: 400,
    /** Connections that have not said who they are: of all, and of one address (a county behind one NAT is 200). */
    strangers: 1_000,
    strangersPerAddress: 256,
    /** What each of them may send before it is known. */
    strangerPackets: 8,
    /** Connections of one seat: a page opened anew, and what of it has not ended yet. */
    perSeat: 4,
    /** How often a seat may come. */
    comesPerSecond: 0.5,
    comesAtOnce: 12,
    /** Lines of a seat. */
    lines: { perSecond: 1, most: 5 },
    /** A seat that sent too much is kept out so long. */
    shutMs: 10_000,
    /** Harm within so long of the last belongs to it: it is not told again. */
    shedQuietMs: 10 * 60_000,
    seatsKept: 8_000,
  },
  rooms: {
    open: 64,
    /** The link to a page broke: its media stays so long, for it comes back by itself. */
    graceMs: 5_000,
    /** What comes on and off the air within it is brought about at once. */
    agreeMs: 10,
    /** Changes of a room within it are told in one word. */
    tellMs: 30,
    /** Who came and went is counted and told no more often. */
    tellPresenceMs: 500,
    /** A chair whose link carries no moving pictures is told how others' links stand no more often. */
    thinLinksMs: 5_000,
    /** A page that comes while the room is made waits for it, not longer. */
    openMs: 2_500,
    waiting: 4_000,
    /** A room without a worker asks again after so long, besides being woken. */
    reopenMs: 500,
    /** A picture of which nothing came for so long does not come now, whatever its link is said to carry; a screen that stands still is sent once a second. */
    pictureQuietMs: { camera: 4_000, screen: 8_000 },
    encodings: 3,
    /** What is sent on one router stays on another so long after the last there wanted it. */
    pipeIdleMs: 5_000,
    consumers: 24,
    /** What a seat should receive and could not be brought to it is tried again so long after, so often. */
    receiveAgain: { firstMs: 250, lastMs: 8_000, most: 8 },
  },
  /** Of seats by plain RTP: above the recorder's, and so many are tried where others have them. */
  plainPorts: { min: 23_000, max: 59_999, tries: 16 },
  placement: {
    /** Of one router: with a few pictures and voices each they are about the 500 consumers that a worker carries. */
    seats: 100,
    /** Of one room: enough for the most seats a meeting may have, and some that come back. */
    routers: 32,
  },
  media: {
    /** A link that is not known yet is taken to be weak. */
    startBps: 300_000,
    iceConsentSeconds: 20,
    /** A key of the relay; what was relayed by it goes on. */
    turnSeconds: 3600,
    turnSecretChars: 32,
    maxIncomingBps: 1_500_000,
  },
  find: {
    /** Where there is no worker binary: it is looked for again, for somebody may have brought it. */
    everyMs: 5_000,
  },
  sample: {
    everyMs: 1_000,
    /** Seats asked for their figures at once. */
    atOnce: 32,
  },
  attendance: {
    tellMs: 5_000,
    gapMs: 3_000,
    /** Where nothing is sent either way a browser asks for its way every two and a half seconds. */
    quietGapMs: 8_000,
  },
  recorder: {
    segmentSeconds: 4,
    /** Participants recorded at once; each is a process. */
    processes: 24,
    /** Less free space than that, and nothing more is recorded. */
    freeBytes: 1024 * 1024 * 1024,
    scanMs: 1_000,
    diskMs: 5_000,
    /** Recordings touched later than that are looked through after a restart. */
    recoverMs: 14 * 24 * 3_600_000,
    stopAgainMs: 500,
    stopMs: 3_000,
    startMs: 5_000,
    /** A recorder that fell is not started again sooner. */
    restartMs: 2_000,
    /** Changes of who is recorded within it make one new set. */
    settleMs: 300,
    stderrBytes: 2 * 1024,
    ports: { from: 21_000, to: 22_998 },
    /** Of one answer to a range: whoever wants more asks again. */
    rangeBytes: 4 * 1024 * 1024,
  },
  decks: {
    perMeeting: 20,
    /** Less free space than that, and no page is taken. */
    freeBytes: 512 * 1024 * 1024,
    /** Of a picture as it comes, by its header: a decoder's memory grows with it. */
    inputPixels: 16_000_000,
    /** Of a page as it is kept, each side. */
    sidePx: { large: 1_920, small: 1_024 },
    /** Tried one after the other until a page is small enough. */
    qualities: [82, 60, 40, 20],
    /** Of writing one picture once. */
    seconds: 10,
    /** Pages that are being written anew or wait for it: they are done one at a time. */
    waiting: 64,
  },
  closeMs: 5_000,
} as const;
