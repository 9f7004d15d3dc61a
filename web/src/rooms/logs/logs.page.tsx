import { Button, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useAddress } from '../../kit/address.ts';
import { Page as Frame } from '../../kit/page.tsx';
import { QueryState } from '../../kit/query-state.tsx';
import { StateWord, type Tone } from '../../kit/state-word.tsx';
import { useTimes } from '../../kit/times.ts';
import { Trouble } from '../../kit/trouble.tsx';
import { useShortcut } from '../../kit/use-shortcut.ts';
import { useWords } from '../../kit/words.ts';
import classes from './logs.module.css';
import { type Line, type LogFilter, useLogLines } from './use-log-lines.ts';

const LEVELS = ['debug', 'info', 'warn', 'error'] as const;
const KINDS = ['app', 'task', 'access'] as const;
const TONES: Readonly<Record<string, Tone>> = { trace: 'quiet', debug: 'quiet', info: 'quiet', warn: 'warn', error: 'bad', fatal: 'bad' };

function useFilter() {
  const [level, setLevel] = useAddress('level');
  const [kind, setKind] = useAddress('kind');
  const [room, setRoom] = useAddress('room');
  const [text, setText] = useAddress('text');
  const [from, setFrom] = useAddress('from');
  const filter = useMemo(() => ({ level, kind, room, text, from }), [level, kind, room, text, from]);
  return { filter, setLevel, setKind, setRoom, setText, setFrom };
}

export function Page() {
  const say = useWords('logs');
  const address = useFilter();
  const { filter, setFrom } = address;
  const [isFollowing, setFollowing] = useState(true);
  const log = useLogLines(filter, isFollowing);
  const box = useRef<HTMLElement>(null);
  const follow = (on: boolean): void => {
    setFollowing(on);
    if (!on) return;
    log.release();
    box.current?.scrollTo({ top: 0 });
  };
  useShortcut('f', () => follow(!isFollowing));
  return (
    <Frame
      title={say('title')}
      lede={say('lede')}
      actions={
        filter.from === '' ? (
          <Button variant="default" aria-pressed={isFollowing} onClick={() => follow(!isFollowing)}>
            {say(isFollowing ? 'pause' : 'follow')}
          </Button>
        ) : (
          <Button variant="default" onClick={() => setFrom('')}>
            {say('now')}
          </Button>
        )
      }
    >
      <Filters address={address} lines={log.lines} />
      {log.waiting > 0 && (
        <Button className={classes.waiting ?? ''} size="xs" onClick={() => follow(true)}>
          {say('waiting', { count: log.waiting })}
        </Button>
      )}
      <QueryState query={log.start} reading={say('reading')} lines={8}>
        {() =>
          log.lines.length === 0 ? (
            <p className="muted">{say(isFiltered(filter) ? 'nothingFits' : 'nothing')}</p>
          ) : (
            <Lines
              box={box}
              lines={log.lines}
              onTop={(isTop) => {
                if (isTop && !isFollowing) follow(true);
                if (!isTop && isFollowing) setFollowing(false);
              }}
            />
          )
        }
      </QueryState>
      {log.error !== undefined && <Trouble error={log.error} again={() => void log.more()} />}
      {log.hasMore && (
        <Button mt={16} size="xs" variant="default" onClick={() => void log.more()}>
          {say('older')}
        </Button>
      )}
    </Frame>
  );
}

const isFiltered = (filter: LogFilter): boolean => Object.values(filter).some((value) => value !== '');

function Filters({ address, lines }: Readonly<{ address: ReturnType<typeof useFilter>; lines: readonly Line[] }>) {
  const say = useWords('logs');
  const { filter, setLevel, setKind, setRoom, setText, setFrom } = address;
  const [typed, setTyped] = useState(filter.text);
  const search = useDebouncedCallback(setText, 300);
  const rooms = [...new Set([...lines.flatMap(({ room }) => room ?? []), ...(filter.room === '' ? [] : [filter.room])])].sort();
  return (
    <search className={classes.filters}>
      <Select
        label={say('level')}
        data={[{ value: '', label: say('levels.all') }, ...LEVELS.map((value) => ({ value, label: say(`levels.${value}`) }))]}
        value={filter.level}
        onChange={(value) => setLevel(value ?? '')}
        allowDeselect={false}
      />
      <Select
        label={say('room')}
        data={[{ value: '', label: say('everyRoom') }, ...rooms.map((value) => ({ value, label: value }))]}
        value={filter.room}
        onChange={(value) => setRoom(value ?? '')}
        allowDeselect={false}
      />
      <Select
        label={say('kind')}
        data={[{ value: '', label: say('kinds.most') }, ...KINDS.map((value) => ({ value, label: say(`kinds.${value}`) }))]}
        value={filter.kind}
        onChange={(value) => setKind(value ?? '')}
        allowDeselect={false}
      />
      <TextInput
        label={say('text')}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          search(event.currentTarget.value);
        }}
      />
      <TextInput label={say('from')} type="datetime-local" value={filter.from} onChange={(event) => setFrom(event.currentTarget.value)} />
    </search>
  );
}

type LinesProps = Readonly<{ lines: readonly Line[]; box: React.RefObject<HTMLElement | null>; onTop(isTop: boolean): void }>;

function Lines({ lines, box, onTop }: LinesProps) {
  const say = useWords('logs');
  const times = useTimes();
  const clock = useMemo(() => new Intl.DateTimeFormat('en-GB', { timeZone: times.zone, timeStyle: 'medium' }), [times.zone]);
  const virtual = useVirtualizer({ count: lines.length, getScrollElement: () => box.current, estimateSize: () => 32, overscan: 12 });
  const top = useRef(onTop);
  top.current = onTop;
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const look = () => top.current(element.scrollTop < 8);
    element.addEventListener('scroll', look, { passive: true });
    return () => element.removeEventListener('scroll', look);
  }, [box]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section ref={box} className={classes.box} tabIndex={0} aria-label={say('lines')}>
      <ol style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {virtual.getVirtualItems().map((item) => {
          const line = lines[item.index];
          if (!line) return null;
          return (
            <li
              key={item.key}
              ref={virtual.measureElement}
              data-index={item.index}
              className={classes.line}
              style={{ position: 'absolute', insetInline: 0, top: 0, transform: `translateY(${item.start}px)` }}
            >
              <time dateTime={line.at ?? undefined} title={times.exact(line.at)}>
                {line.at === null ? '' : `${times.day(line.at)}, ${clock.format(new Date(line.at))}`}
              </time>
              <span className={classes.level}>
                <StateWord tone={TONES[line.level] ?? 'quiet'} plain>
                  {line.level}
                </StateWord>
              </span>
              <span className="muted">{line.room ?? line.kind}</span>
              <span className={classes.text}>{line.text}</span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
