import { Button, NativeSelect } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, take } from '../../api/client.ts';
import { Card } from '../../kit/card.tsx';
import { StateWord } from '../../kit/state-word.tsx';
import { Table } from '../../kit/table.tsx';
import { Trouble } from '../../kit/trouble.tsx';
import { useWords } from '../../kit/words.ts';
import classes from './people.module.css';
import type { Provisioned } from './people.ts';

const MODES = ['create', 'update', 'recreate'] as const;
type Mode = (typeof MODES)[number];

const provision = (mode: Mode, dryRun: boolean): Promise<Provisioned> =>
  take(api.POST('/api/v1/provisioning', { body: { mode, dry_run: dryRun } }));

/** Accounts for everybody whom the servers name alike: shown first, then made as shown. */
export function Provision() {
  const say = useWords('people');
  const queries = useQueryClient();
  const [mode, setMode] = useState<Mode>('update');
  const preview = useMutation({ mutationFn: (wish: Mode) => provision(wish, true) });
  const make = useMutation({
    mutationFn: (wish: Mode) => provision(wish, false),
    onSuccess: () => Promise.all([['who-is-who'], ['people'], ['accounts']].map((queryKey) => queries.invalidateQueries({ queryKey }))),
  });
  const shown = make.data ?? preview.data;
  const rows = shown?.people.flatMap(({ person, members }) => members.map((member) => ({ person, ...member }))) ?? [];
  return (
    <Card title={say('provision')}>
      <div className={classes.facts}>
        <p>{say('provisionLede')}</p>
        <div className={classes.form}>
          <NativeSelect
            label={say('mode')}
            value={mode}
            onChange={(event) => {
              setMode(event.currentTarget.value as Mode);
              preview.reset();
              make.reset();
            }}
            data={MODES.map((one) => ({ value: one, label: say(`modes.${one}`) }))}
          />
          <Button loading={preview.isPending} onClick={() => preview.mutate(mode)}>
            {say('preview')}
          </Button>
        </div>
        {(preview.error ?? make.error) && <Trouble error={preview.error ?? make.error} />}
      </div>
      {shown && (
        <>
          <Table
            caption={say('provision')}
            rows={rows}
            idOf={(row) => `${row.account} ${row.id}`}
            columns={[
              { key: 'person', title: say('person'), cell: (row) => <b>{row.person}</b> },
              { key: 'name', title: say('userThere'), cell: (row) => row.name },
              { key: 'account', title: say('followsAccount'), cell: (row) => row.account },
            ]}
          />
          <div className={classes.facts}>
            {shown.failed.map((one) => (
              <p key={`${one.person} ${one.account}`}>
                <StateWord tone="bad">{say('notMade', { person: one.person, place: one.account })}</StateWord> {one.reason}
              </p>
            ))}
            {shown.dry_run ? (
              <Button variant="filled" loading={make.isPending} onClick={() => make.mutate(mode)}>
                {say('make', { count: rows.length })}
              </Button>
            ) : (
              <StateWord tone="ok">{say('made', { count: rows.length - shown.failed.length })}</StateWord>
            )}
          </div>
        </>
      )}
    </Card>
  );
}
