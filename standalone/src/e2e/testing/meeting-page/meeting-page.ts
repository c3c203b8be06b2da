import { openMeeting, type MeetingClient, type MeetingSnapshot } from '@sightline/media-client';

/*
 * The barest page of a meeting, driven by a test: the client as kiosk and console have it, elements that
 * show and sound what comes, and figures of what was really decoded.
 */

export interface MeetingPage {
  open(mediaUrl: string, seatToken: string): void;
  /** Sends the fake camera and microphone. */
  sendAll(): Promise<readonly (string | null)[]>;
  /** Shares a screen: what the fake camera shows, large. */
  shareScreen(): Promise<string | null>;
  client(): MeetingClient;
  /** What can leave the page. */
  state(): PageState;
}

export interface PageState extends Pick<
  MeetingSnapshot,
  'phase' | 'room' | 'problem' | 'over' | 'sending' | 'own'
> {
  /** By seat and source: frames decoded so far. */
  readonly frames: Readonly<Record<string, number>>;
  /** By seat and source: the loudest seen of its sound, 0 … 1. */
  readonly loud: Readonly<Record<string, number>>;
  /** By seat and source: how often something was heard, looked at twenty times a second. */
  readonly heard: Readonly<Record<string, number>>;
  readonly stills: readonly string[];
  /** By seat and source: why it does not come now for its sender's part. */
  readonly held: Readonly<Record<string, string>>;
  /** By seat and source: stills that came so far. */
  readonly stillsCame: Readonly<Record<string, number>>;
  readonly lines: readonly string[];
  /** From the wish to go in until the room answered, and until the first picture was decoded; milliseconds. */
  readonly joinMs: number | null;
  /** How often it came in; 1 = its connection was never lost. */
  readonly timesIn: number;
  readonly firstFrameMs: number | null;
}

const videos = new Map<string, HTMLVideoElement>();
const sounds = new Map<
  string,
  { readonly track: MediaStreamTrack; readonly meter: AnalyserNode }
>();
const loud: Record<string, number> = {};
const heard: Record<string, number> = {};
const frames: Record<string, number> = {};
const stillsCame: Record<string, number> = {};
const lastStill = new Map<string, string>();
let client: MeetingClient | null = null;
let openedMs = 0;
let joinMs: number | null = null;
let timesIn = 0;
let lastPhase: MeetingSnapshot['phase'] | null = null;
let firstFrameMs: number | null = null;
let audio: AudioContext | null = null;

const page: MeetingPage = {
  open(mediaUrl, seatToken) {
    audio = new AudioContext();
    openedMs = performance.now();
    client = openMeeting({ mediaUrl, seatToken, channel: 'floor' });
    client.subscribe(draw);
    setInterval(listen, 50);
  },
  async sendAll() {
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: true,
      video: { width: 640, height: 360, frameRate: 10 },
    });
    const [voice] = stream.getAudioTracks();
    const [picture] = stream.getVideoTracks();
    const sent = [
      voice === undefined ? null : await page.client().send('microphone', voice),
      picture === undefined ? null : await page.client().send('camera', picture),
    ];
    return sent.map((refusal) => refusal?.code ?? null);
  },
  async shareScreen() {
    const video = { width: 1280, height: 720, frameRate: 5 };
    const [track] = (await navigator.mediaDevices.getUserMedia({ video })).getVideoTracks();
    if (track === undefined) throw new Error('There is no fake camera.');
    return (await page.client().send('screen', track))?.code ?? null;
  },
  client() {
    if (client === null) throw new Error('not opened');
    return client;
  },
  state() {
    const { phase, room, problem, over, sending, own, pictures, lines } = page.client().snapshot();
    const stills = pictures.flatMap(({ seatId, still }) => (still === null ? [] : [seatId]));
    const held = Object.fromEntries(
      pictures.flatMap((one) =>
        one.held === null ? [] : [[`${one.seatId} ${one.source}`, one.held.reason]],
      ),
    );
    const figures = {
      held,
      lines: lines.map(({ text }) => text),
      joinMs,
      timesIn,
      firstFrameMs,
      frames: { ...frames },
      stillsCame: { ...stillsCame },
      loud: { ...loud },
      heard: { ...heard },
    };
    return { phase, room, problem, over, sending, own, stills, ...figures };
  },
};

/** Shows every picture and sounds every voice, silently: what is not played is not decoded. */
function draw(): void {
  const { phase, pictures, voices, room } = page.client().snapshot();
  if (phase === 'in') joinMs ??= performance.now() - openedMs;
  if (phase === 'in' && lastPhase !== 'in') timesIn += 1;
  lastPhase = phase;
  page.client().watch(room?.pictures ?? []);
  for (const { seatId, source, still } of pictures) {
    const key = `${seatId} ${source}`;
    if (still === null || lastStill.get(key) === still.url) continue;
    lastStill.set(key, still.url);
    stillsCame[key] = (stillsCame[key] ?? 0) + 1;
  }
  for (const { seatId, source, track } of pictures) {
    const key = `${seatId} ${source}`;
    if (track === null || trackOf(videos.get(key)) === track) continue;
    videos.get(key)?.remove();
    videos.set(key, showing(track, key));
  }
  for (const { seatId, source, track } of voices) {
    const key = `${seatId} ${source}`;
    if (sounds.get(key)?.track === track || audio === null) continue;
    const element = document.createElement('audio');
    element.srcObject = new MediaStream([track]);
    element.muted = true;
    void element.play();
    const meter = audio.createAnalyser();
    audio.createMediaStreamSource(new MediaStream([track])).connect(meter);
    sounds.set(key, { track, meter });
  }
}

function showing(track: MediaStreamTrack, key: string): HTMLVideoElement {
  const video = document.createElement('video');
  video.muted = true;
  video.autoplay = true;
  video.srcObject = new MediaStream([track]);
  document.body.append(video);
  void video.play().catch(() => undefined); // It was replaced by the next one.
  const count = (): void => {
    firstFrameMs ??= performance.now() - openedMs;
    frames[key] = (frames[key] ?? 0) + 1;
    video.requestVideoFrameCallback(count);
  };
  video.requestVideoFrameCallback(count);
  return video;
}

function trackOf(video: HTMLVideoElement | undefined): MediaStreamTrack | undefined {
  const stream = video?.srcObject;
  return stream instanceof MediaStream ? stream.getTracks()[0] : undefined;
}

function listen(): void {
  for (const [key, { meter }] of sounds) {
    const samples = new Float32Array(meter.fftSize);
    meter.getFloatTimeDomainData(samples);
    const now = Math.max(...samples.map(Math.abs));
    loud[key] = Math.max(loud[key] ?? 0, now);
    heard[key] = (heard[key] ?? 0) + (now > 0.01 ? 1 : 0);
  }
}

Object.assign(globalThis, { meeting: page, theMeeting: () => page });
