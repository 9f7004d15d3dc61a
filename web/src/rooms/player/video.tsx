import type HlsPlayer from 'hls.js';
import { useEffect, useRef, useState } from 'react';
import { api, serverBase, take } from '../../api/client.ts';
import type { operations } from '../../api/schema.d.ts';
import { useShortcut } from '../../kit/use-shortcut.ts';
import { useWords } from '../../kit/words.ts';
import classes from './player.module.css';

type Session = operations['app.startPlaying']['responses'][200]['content']['application/json'];
type State = 'playing' | 'paused' | 'ended';
type VideoProps = Readonly<{ id: number; session: Session; from: number; durationMs: number | null; name: string }>;

/** While it plays, it is told this often where the person is. */
const TELL_EVERY = 30_000;
const STEP_S = 10;

/** The picture. Browsers that play HLS by themselves do; the others get it by a library, loaded only here. */
export function Video({ id, session, from, durationMs, name }: VideoProps) {
  const say = useWords('player');
  const video = useRef<HTMLVideoElement>(null);
  const [fault, setFault] = useState('');
  const [note, setNote] = useState('');
  const address = `${serverBase()}/api/v1/play/${session.token}/master.m3u8`;

  useEffect(() => {
    const element = video.current;
    if (!element) return;
    let player: HlsPlayer | undefined;
    let isOver = false;
    const begin = () => {
      if (from > 0) element.currentTime = from / 1_000;
      void element.play().catch(() => undefined);
    };
    element.addEventListener('loadedmetadata', begin, { once: true });
    void (async () => {
      const { default: Hls } = await import('hls.js');
      if (isOver) return;
      if (!Hls.isSupported()) {
        element.src = address;
        return;
      }
      // A worker would be a script of its own address, which the page's policy does not know.
      player = new Hls({ enableWorker: false, startPosition: from > 0 ? from / 1_000 : -1 });
      player.on(Hls.Events.ERROR, (_event, data) => {
        if (!data.fatal) return;
        if (data.type === Hls.ErrorTypes.MEDIA_ERROR) return player?.recoverMediaError();
        setFault(data.details);
      });
      player.loadSource(address);
      player.attachMedia(element);
    })();
    return () => {
      isOver = true;
      element.removeEventListener('loadedmetadata', begin);
      player?.destroy();
    };
  }, [address, from]);

  useEffect(() => {
    const element = video.current;
    if (!element) return;
    const tell = async (state: State) => {
      const length = Number.isFinite(element.duration) && element.duration > 0 ? element.duration * 1_000 : durationMs;
      if (length === null || length <= 0 || (element.currentTime === 0 && state !== 'ended')) return;
      const body = {
        title: id,
        state,
        position_ms: Math.round(Math.min(length, element.currentTime * 1_000)),
        duration_ms: Math.round(length),
      };
      await take(api.POST('/api/v1/play/{token}/progress', { params: { path: { token: session.token } }, body }))
        .then(({ watched }) => setNote(watched ? 'watched' : state))
        .catch(() => setNote('untold'));
    };
    const onPause = () => void (element.ended || tell('paused'));
    const onEnd = () => void tell('ended');
    const onPlay = () => setNote('playing');
    const timer = setInterval(() => void (element.paused || tell('playing')), TELL_EVERY);
    // Whoever leaves the page has stopped there: 80 % and more counts as watched.
    const onLeave = () => void (element.ended || element.paused || tell('ended'));
    element.addEventListener('pause', onPause);
    element.addEventListener('ended', onEnd);
    element.addEventListener('play', onPlay);
    window.addEventListener('pagehide', onLeave);
    return () => {
      clearInterval(timer);
      window.removeEventListener('pagehide', onLeave);
      element.removeEventListener('pause', onPause);
      element.removeEventListener('ended', onEnd);
      element.removeEventListener('play', onPlay);
      onLeave();
    };
  }, [id, session.token, durationMs]);

  const seek = (by: number) => {
    const element = video.current;
    if (element) element.currentTime = Math.max(0, Math.min(element.duration || 0, element.currentTime + by));
  };
  useShortcut('ArrowLeft', () => seek(-STEP_S));
  useShortcut('ArrowRight', () => seek(STEP_S));
  useShortcut(' ', () => {
    const element = video.current;
    if (element) void (element.paused ? element.play() : element.pause());
  });

  return (
    <>
      {/* biome-ignore lint/a11y/useMediaCaption: the playlist names the subtitles that there are */}
      <video ref={video} className={classes.video} controls playsInline aria-label={name} />
      {fault !== '' && (
        <p role="alert" className={classes.fault}>
          {say('fault', { fault })}
        </p>
      )}
      <p className="small muted" aria-live="polite">
        {note === '' ? say('note.starting') : say(`note.${note}`)}
      </p>
      <p className="small faint">{say('keys')}</p>
    </>
  );
}
