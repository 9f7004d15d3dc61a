import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ProblemError, take } from '../../api/client.ts';
import type { operations } from '../../api/schema.d.ts';
import { Card, Row, Rows } from '../../kit/card.tsx';
import { size } from '../../kit/numbers.ts';
import { QueryState } from '../../kit/query-state.tsx';
import { StateWord } from '../../kit/state-word.tsx';
import { useTimes } from '../../kit/times.ts';
import { Trouble } from '../../kit/trouble.tsx';
import { useWords } from '../../kit/words.ts';
import classes from './settings.module.css';
import { SettingsPage } from './settings-page.tsx';

type Backup = operations['app.listBackups']['responses'][200]['content']['application/json'][number];
type Report = operations['app.getMovingReport']['responses'][200]['content']['application/json'];

const restore = (file: string, apply: boolean) => take(api.POST('/api/v1/restore', { body: { file, apply } }));

/** What a restore would bring back, or brought back, once its run has ended. */
function Restored({ id, file, again }: Readonly<{ id: string; file: string; again(id: string): void }>) {
  const say = useWords('settings');
  const job = useQuery({
    queryKey: ['restore', id],
    queryFn: ({ signal }) => take(api.GET('/api/v1/jobs/{id}', { params: { path: { id } }, signal })),
    refetchInterval: ({ state }) => (state.data && ['pending', 'running'].includes(state.data.job.status) ? 1_000 : false),
  });
  const status = job.data?.job.status;
  const report = useQuery({
    queryKey: ['restore', id, 'report'],
    queryFn: ({ signal }) => take(api.GET('/api/v1/moving-in/{id}/report', { params: { path: { id } }, signal })),
    enabled: status === 'completed',
  });
  const apply = useMutation({ mutationFn: () => restore(file, true), onSuccess: ({ job_id }) => again(job_id) });
  if (status === 'failed' || status === 'cancelled')
    return <Trouble error={new ProblemError(422, 'failed', job.data?.job.error?.message ?? '')} />;
  if (!report.data) return report.error ? <Trouble error={report.error} /> : <p role="status">{say('readingBackup')}</p>;
  const counted = (data: Report) => data.people.reduce((sum, { history }) => sum + history.taken + history.changed, 0);
  const there = report.data.people.reduce((sum, { history }) => sum + history.there, 0);
  const count = counted(report.data);
  return (
    <div>
      <p>{say('restoreCounts', { count, there, refused: report.data.refused.length })}</p>
      {apply.error && <Trouble error={apply.error} />}
      {report.data.applied ? (
        <StateWord tone="ok">{say('restored', { count })}</StateWord>
      ) : count === 0 ? (
        <p>{say('restoreNothing')}</p>
      ) : (
        <Button variant="filled" loading={apply.isPending} onClick={() => apply.mutate()}>
          {say('restoreNow', { count })}
        </Button>
      )}
    </div>
  );
}

function BackupRow({ backup }: Readonly<{ backup: Backup }>) {
  const say = useWords('settings');
  const times = useTimes();
  const [run, setRun] = useState<string>();
  const show = useMutation({ mutationFn: () => restore(backup.name, false), onSuccess: ({ job_id }) => setRun(job_id) });
  return (
    <>
      <div className={classes.line}>
        <div className={classes.what}>
          <b>{backup.name}</b>
          <small>
            {times.full(backup.at)} · {size(backup.size)} · {say(backup.automatic ? 'automatic' : 'byHand')}
          </small>
        </div>
        <Button loading={show.isPending} onClick={() => show.mutate()}>
          {say('showRestore')}
          <span className="vh"> {backup.name}</span>
        </Button>
      </div>
      {show.error && <Trouble error={show.error} />}
      {run !== undefined && <Restored key={run} id={run} file={backup.name} again={setRun} />}
    </>
  );
}

/** Backups of histories: made now, and brought back after a look at what that would change. */
export function Page() {
  const say = useWords('settings');
  const queries = useQueryClient();
  const backups = useQuery({ queryKey: ['backups'], queryFn: ({ signal }) => take(api.GET('/api/v1/backups', { signal })) });
  const make = useMutation({
    mutationFn: () => take(api.POST('/api/v1/tasks/{id}/run', { params: { path: { id: 'backup' } }, body: {} })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['backups'] }),
  });
  return (
    <SettingsPage tab="backups">
      <Card
        title={say('pages.backups')}
        aside={
          <Button loading={make.isPending} onClick={() => make.mutate()}>
            {say('backupNow')}
          </Button>
        }
      >
        {make.error && <Trouble error={make.error} />}
        {make.isSuccess && <StateWord tone="ok">{say('backupQueued')}</StateWord>}
        <QueryState query={backups} reading={say('readingBackups')} isEmpty={(all) => all.length === 0} empty={<p>{say('noBackups')}</p>}>
          {(all) => (
            <Rows>
              {all.map((backup) => (
                <Row key={backup.name}>
                  <BackupRow backup={backup} />
                </Row>
              ))}
            </Rows>
          )}
        </QueryState>
      </Card>
    </SettingsPage>
  );
}
