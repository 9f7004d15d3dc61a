import { Button, Radio, Stack } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, take } from '../api/client.ts';
import type { operations } from '../api/schema.d.ts';
import { Card } from './card.tsx';
import { useTimes } from './times.ts';
import { Trouble } from './trouble.tsx';
import { useWords } from './words.ts';

export type Conflict = operations['app.listConflicts']['responses'][200]['content']['application/json']['items'][number];
type Settlement = NonNullable<operations['app.settleConflict']['requestBody']>['content']['application/json'];
type Medium = Conflict['candidates'][number];

type ConflictCardProps = Readonly<{
  conflict: Conflict;
  /** The server that the copy is on, as the household calls it. */
  server: string | undefined;
}>;

const LEAVE = 'leave';

function wordsOf({ title, year, series, season, episode }: Medium): string {
  const number = episode === null ? '' : ` S${season ?? 0} E${episode}`;
  return series ? `${series.title}${number}${title === '' ? '' : `, ${title}`}` : `${title}${year === null ? '' : ` (${year})`}`;
}
const idsOf = ({ ids }: Medium): string =>
  Object.entries(ids)
    .map(([source, id]) => `${source} ${id}`)
    .join(', ');

/** Both statements, and what may be made of them, each with what follows. Nothing is chosen by itself. */
export function ConflictCard({ conflict, server }: ConflictCardProps) {
  const say = useWords('shell');
  const times = useTimes();
  const queries = useQueryClient();
  const [choice, setChoice] = useState(LEAVE);
  const settle = useMutation({
    mutationFn: (body: Settlement) => take(api.POST('/api/v1/conflicts/{id}/settle', { params: { path: { id: conflict.id } }, body })),
    onSuccess: () => Promise.all(['conflicts', 'sync', 'health'].map((key) => queries.invalidateQueries({ queryKey: [key] }))),
  });
  const { copy, candidates } = conflict;
  const title = copy?.title ?? candidates.map(wordsOf)[0] ?? '';
  const choices: readonly Readonly<{ value: string; label: string; effect: string; body?: Settlement }>[] = copy
    ? [
        ...candidates.map((medium) => ({
          value: String(medium.id),
          label: say('conflict.isThis', { title: wordsOf(medium) }),
          effect: say('conflict.isThisEffect', { title: wordsOf(medium) }),
          body: { media: medium.id },
        })),
        { value: 'new', label: say('conflict.isNew'), effect: say('conflict.isNewEffect'), body: { choice: 'new' as const } },
        { value: LEAVE, label: say('conflict.leave'), effect: say('conflict.leaveEffect') },
      ]
    : [
        { value: 'merge', label: say('conflict.merge'), effect: say('conflict.mergeEffect'), body: { choice: 'merge' as const } },
        { value: 'apart', label: say('conflict.apart'), effect: say('conflict.apartEffect'), body: { choice: 'apart' as const } },
        { value: LEAVE, label: say('conflict.leave'), effect: say('conflict.leaveEffect') },
      ];
  const chosen = choices.find(({ value }) => value === choice);
  return (
    <Card title={title} padded>
      <Stack>
        <p className="muted">{conflict.reason}</p>
        <ul>
          {copy && (
            <li>
              <b>{server ?? say('conflict.aServer')}</b> {say('conflict.says', { title: copy.title, at: times.full(conflict.created_at) })}
              {copy.path !== null && <span className="mono small"> {copy.path}</span>}
            </li>
          )}
          {candidates.map((medium) => (
            <li key={medium.id}>
              <b>{say('conflict.known')}</b> {wordsOf(medium)} <span className="small muted">{idsOf(medium)}</span>
            </li>
          ))}
        </ul>
        <Radio.Group label={say('conflict.choose', { title })} value={choice} onChange={setChoice}>
          <Stack gap="sm" mt="xs">
            {choices.map(({ value, label, effect }) => (
              <Radio key={value} value={value} label={label} description={effect} />
            ))}
          </Stack>
        </Radio.Group>
        {settle.error && <Trouble error={settle.error} />}
        {chosen?.body && (
          <Button variant="filled" loading={settle.isPending} onClick={() => chosen.body && settle.mutate(chosen.body)}>
            {say('conflict.settle', { title })}
          </Button>
        )}
      </Stack>
    </Card>
  );
}
