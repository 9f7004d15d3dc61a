import { Button, FileInput, Group } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ProblemError, serverBase, take } from '../../api/client.ts';
import { useAddress } from '../../kit/address.ts';
import { Card, Row, Rows } from '../../kit/card.tsx';
import { Stack } from '../../kit/page.tsx';
import { QueryState } from '../../kit/query-state.tsx';
import { StateWord } from '../../kit/state-word.tsx';
import { Table } from '../../kit/table.tsx';
import { Trouble } from '../../kit/trouble.tsx';
import { useWords } from '../../kit/words.ts';
import classes from './tracker.module.css';
import { type Report, useWhose } from './tracker.ts';
import { TrackerPage } from './tracker-page.tsx';

const COUNTS = ['plays', 'marks', 'positions', 'lists', 'ratings', 'memos'] as const;
const ROWS_SHOWN = 100;

/** The form as a browser sends it: the typed client speaks JSON alone. */
async function upload(files: readonly File[], person: string | undefined): Promise<string> {
  const form = new FormData();
  for (const file of files) form.append('file', file, file.name);
  const query = person === undefined ? '' : `?${new URLSearchParams({ person })}`;
  const response = await fetch(`${serverBase()}/api/v1/history-files${query}`, { method: 'POST', body: form, credentials: 'same-origin' });
  const answer = (await response.json()) as { job_id: string; error?: { code: string; message: string } };
  if (!response.ok) throw new ProblemError(response.status, answer.error?.code ?? 'internal', answer.error?.message ?? '');
  return answer.job_id;
}

const bringsSomething = (report: Report): boolean => COUNTS.some((what) => report[what] > 0);

function Shown({ report, apply, isBusy }: Readonly<{ report: Report; apply(): void; isBusy: boolean }>) {
  const say = useWords('tracker');
  const changes = COUNTS.reduce((sum, what) => sum + report[what], 0);
  return (
    <>
      <dl className={classes.figures}>
        <div>
          <dt>{say('reportTitles', { service: report.service })}</dt>
          <dd>{report.titles}</dd>
        </div>
        {COUNTS.map((what) => (
          <div key={what}>
            <dt>{say(`report.${what}`)}</dt>
            <dd>{report[what]}</dd>
          </div>
        ))}
        <div>
          <dt>{say('removedNone')}</dt>
          <dd>0</dd>
        </div>
      </dl>
      {report.left_total > 0 && (
        <details className={classes.details}>
          <summary>{say('leftOut', { count: report.left_total })}</summary>
          <Table
            caption={say('leftOut', { count: report.left_total })}
            rows={report.left.slice(0, ROWS_SHOWN).map((row, index) => ({ ...row, index }))}
            idOf={(row) => row.index}
            columns={[
              { key: 'title', title: say('what'), cell: (row) => row.title },
              { key: 'reason', title: say('why'), cell: (row) => row.reason },
              { key: 'place', title: say('where'), cell: (row) => row.place },
            ]}
          />
        </details>
      )}
      {report.unread.length > 0 && <p className={classes.details}>{say('unread', { files: report.unread.join(', ') })}</p>}
      <div className={classes.details}>
        {report.applied ? (
          <StateWord tone="ok">{say('applied', { count: changes })}</StateWord>
        ) : bringsSomething(report) ? (
          <Button variant="filled" loading={isBusy} onClick={apply}>
            {say('apply', { count: changes })}
          </Button>
        ) : (
          <p>{say('bringsNothing')}</p>
        )}
      </div>
    </>
  );
}

/** How a run stands, until it has left its report. */
function Run({ id, applied }: Readonly<{ id: string; applied(id: string): void }>) {
  const say = useWords('tracker');
  const queries = useQueryClient();
  const job = useQuery({
    queryKey: ['history-file', id],
    queryFn: ({ signal }) => take(api.GET('/api/v1/jobs/{id}', { params: { path: { id } }, signal })),
    refetchInterval: ({ state }) => (state.data && ['pending', 'running'].includes(state.data.job.status) ? 1_000 : false),
  });
  const status = job.data?.job.status;
  const report = useQuery({
    queryKey: ['history-file', id, 'report'],
    queryFn: ({ signal }) => take(api.GET('/api/v1/history-files/{id}/report', { params: { path: { id } }, signal })),
    enabled: status === 'completed',
    staleTime: Number.POSITIVE_INFINITY,
  });
  const apply = useMutation({
    mutationFn: () => take(api.POST('/api/v1/history-files/{id}/apply', { params: { path: { id } } })),
    onSuccess: async (queued) => {
      applied(queued.job_id);
      await queries.invalidateQueries({ queryKey: ['library'] });
    },
  });
  if (status === 'failed' || status === 'cancelled') {
    return <Trouble error={new ProblemError(422, 'failed', job.data?.job.error?.message ?? say('runStopped'))} />;
  }
  if (status !== undefined && status !== 'completed') {
    return (
      <p className={classes.details} role="status">
        {say('reading')} {job.data?.job.progress?.text ?? ''}
      </p>
    );
  }
  return (
    <QueryState query={status === undefined ? (job as never) : report} reading={say('readingReport')}>
      {(data: Report) => (
        <>
          {apply.error && <Trouble error={apply.error} />}
          <Shown report={data} apply={() => apply.mutate()} isBusy={apply.isPending} />
        </>
      )}
    </QueryState>
  );
}

/** Exports of other services come in: shown first, then taken. One's own goes out. */
export function Page() {
  const say = useWords('tracker');
  const { person } = useWhose();
  const [run, setRun] = useAddress('run');
  const [files, setFiles] = useState<File[]>([]);
  const formats = useQuery({
    queryKey: ['history-formats'],
    queryFn: ({ signal }) => take(api.GET('/api/v1/history-files/formats', { signal })),
  });
  const send = useMutation({
    mutationFn: () => upload(files, person),
    onSuccess: (id) => {
      setFiles([]);
      setRun(id);
    },
  });
  const exportAs = (format: string) =>
    `${serverBase()}/api/v1/history-files/export?${new URLSearchParams({ format, ...(person !== undefined && { person }) })}`;
  return (
    <TrackerPage tab="files" title={say('filesTitle')} lede={say('filesLede')}>
      <Stack>
        <Card title={say('handOver')} padded>
          <form
            className={classes.drop}
            onSubmit={(event) => {
              event.preventDefault();
              send.mutate();
            }}
          >
            <FileInput
              label={say('files')}
              description={say('filesHint', { services: formats.data?.map(({ title }) => title).join(', ') ?? '' })}
              placeholder={say('chooseFiles')}
              multiple
              value={files}
              onChange={setFiles}
              w="100%"
            />
            {send.error && <Trouble error={send.error} />}
            <Button type="submit" variant="filled" disabled={files.length === 0} loading={send.isPending}>
              {say('show')}
            </Button>
          </form>
        </Card>
        {run !== '' && (
          <Card title={say('wouldBring')}>
            <Run key={run} id={run} applied={setRun} />
          </Card>
        )}
        <Card title={say('takeAway')}>
          <Rows>
            <Row>
              <p>{say('takeAwayHint')}</p>
              <Group mt={12}>
                <Button component="a" href={exportAs('json')} download>
                  {say('exportJson')}
                </Button>
                <Button component="a" href={exportAs('csv')} download>
                  {say('exportCsv')}
                </Button>
              </Group>
            </Row>
          </Rows>
        </Card>
      </Stack>
    </TrackerPage>
  );
}
