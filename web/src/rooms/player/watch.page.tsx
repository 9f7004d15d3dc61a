import { Button, NativeSelect } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Play } from 'lucide-react';
import { useState } from 'react';
import { api, take } from '../../api/client.ts';
import type { operations } from '../../api/schema.d.ts';
import { Card, Row, Rows } from '../../kit/card.tsx';
import { span } from '../../kit/numbers.ts';
import { Columns, Page as Frame } from '../../kit/page.tsx';
import { Place } from '../../kit/place.tsx';
import { QueryState } from '../../kit/query-state.tsx';
import { StateWord } from '../../kit/state-word.tsx';
import { Trouble } from '../../kit/trouble.tsx';
import { useWords } from '../../kit/words.ts';
import classes from './player.module.css';
import { Video } from './video.tsx';

export type Playable = operations['app.listPlayable']['responses'][200]['content']['application/json'];

/** One film or episode: the picture, what can be chosen of it, and where it will be recorded. */
export function Page() {
  const say = useWords('player');
  const { id: told } = useParams({ strict: false }) as Readonly<{ id: string }>;
  const id = Number(told);
  const files = useQuery({
    queryKey: ['player', 'files', id],
    queryFn: ({ signal }) => take(api.GET('/api/v1/titles/{id}/files', { signal, params: { path: { id }, query: {} } })),
    staleTime: 0,
  });
  const name = files.data ? nameOf(files.data) : '';
  return (
    <Frame title={name === '' ? say('title') : name} lede={files.data && ledeOf(files.data)} up={{ to: '/player', label: say('title') }}>
      <QueryState query={files} reading={say('readingFiles')} lines={6}>
        {(playable) => <Watch key={id} id={id} playable={playable} />}
      </QueryState>
    </Frame>
  );
}

const nameOf = ({ named }: Playable): string => named.series?.title ?? named.title;
function ledeOf({ named }: Playable): string | undefined {
  if (named.season === null || named.episode === null) return named.year === null ? undefined : String(named.year);
  return `S${named.season} E${named.episode} · ${named.title}`;
}

type File = Playable['files'][number];

function Watch({ id, playable }: Readonly<{ id: number; playable: Playable }>) {
  const say = useWords('player');
  const files = playable.files.filter((one) => one.playable);
  const [key, setKey] = useState(files[0]?.key ?? '');
  const [audio, setAudio] = useState('');
  const [from, setFrom] = useState(0);
  const file = files.find((one) => one.key === key);
  const start = useMutation({
    mutationFn: () => take(api.POST('/api/v1/play', { body: { title: id, file: key, ...(audio !== '' && { audio: Number(audio) }) } })),
  });
  const begin = (at: number) => {
    setFrom(at);
    start.mutate();
  };
  return (
    <Columns side={<Recorded playable={playable} />}>
      <Card title={say('picture')} padded>
        {!file && <Unplayable playable={playable} />}
        {file && start.data && (
          <Video key={start.data.token} id={id} session={start.data} from={from} durationMs={file.duration_ms} name={nameOf(playable)} />
        )}
        {file && !start.data && (
          <>
            <Choices files={files} file={file} onFile={setKey} audio={audio} onAudio={setAudio} />
            <Begin position={playable.position_ms} isStarting={start.isPending} onBegin={begin} />
            {start.error && <Trouble error={start.error} />}
          </>
        )}
      </Card>
    </Columns>
  );
}

type ChoicesProps = Readonly<{
  files: readonly File[];
  file: File;
  onFile(key: string): void;
  audio: string;
  onAudio(index: string): void;
}>;

const soundOf = ({ language, title, codec }: File['audio'][number]): string => [language, title, codec].filter((part) => part).join(' · ');

/** Which file, and which sound of it, where there are several. */
function Choices({ files, file, onFile, audio, onAudio }: ChoicesProps) {
  const say = useWords('player');
  const length = file.duration_ms === null ? '' : span(file.duration_ms);
  return (
    <>
      <div className={classes.choose}>
        {files.length > 1 && (
          <NativeSelect
            label={say('file')}
            value={file.key}
            onChange={(event) => onFile(event.currentTarget.value)}
            data={files.map((one) => ({ value: one.key, label: one.name }))}
          />
        )}
        {file.audio.length > 1 && (
          <NativeSelect
            label={say('sound')}
            value={audio}
            onChange={(event) => onAudio(event.currentTarget.value)}
            data={[
              { value: '', label: say('usualSound') },
              ...file.audio.map((one) => ({ value: String(one.index), label: soundOf(one) })),
            ]}
          />
        )}
      </div>
      <p className="small muted">{say('about', { height: file.height ?? 0, length, count: file.subtitles.length })}</p>
    </>
  );
}

function Begin({ position, isStarting, onBegin }: Readonly<{ position: number; isStarting: boolean; onBegin(at: number): void }>) {
  const say = useWords('player');
  const icon = <Play size={18} aria-hidden />;
  if (position === 0) {
    return (
      <div className={classes.acts}>
        <Button variant="filled" size="md" loading={isStarting} leftSection={icon} onClick={() => onBegin(0)}>
          {say('play')}
        </Button>
      </div>
    );
  }
  return (
    <div className={classes.acts}>
      <Button variant="filled" size="md" loading={isStarting} leftSection={icon} onClick={() => onBegin(position)}>
        {say('goOn', { position: span(position) })}
      </Button>
      <Button size="md" loading={isStarting} onClick={() => onBegin(0)}>
        {say('fromStart')}
      </Button>
    </div>
  );
}

function Unplayable({ playable }: Readonly<{ playable: Playable }>) {
  const say = useWords('player');
  return (
    <>
      <StateWord tone="warn">{say('cannot')}</StateWord>
      <p>{playable.files.length === 0 ? say('noFile') : say('noneHere')}</p>
      <ul className={classes.reasons}>
        {playable.files.map((one) => (
          <li key={one.key} className="small muted">
            {one.reason ?? one.name}
          </li>
        ))}
      </ul>
    </>
  );
}

/** Said before anything plays: whose history it becomes, and which places hear of it. */
function Recorded({ playable }: Readonly<{ playable: Playable }>) {
  const say = useWords('player');
  return (
    <Card title={say('recorded.title')}>
      <Rows>
        <Row>
          <p>{say('recorded.here', { person: playable.recorded_for })}</p>
          <p className="small muted">{say('recorded.from')}</p>
        </Row>
        {playable.recorded_on.map((place) => (
          <Row key={place.account}>
            <Place kind={place.type} name={place.name} />
            <p className="small muted">{place.told ? say('recorded.told') : say('recorded.notTold')}</p>
          </Row>
        ))}
      </Rows>
    </Card>
  );
}
