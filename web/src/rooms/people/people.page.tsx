import { Button, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { FormEvent } from 'react';
import { runsTheHouse, useMe } from '../../api/session.ts';
import { Card } from '../../kit/card.tsx';
import { Page as Frame, Stack } from '../../kit/page.tsx';
import { Place } from '../../kit/place.tsx';
import { QueryState } from '../../kit/query-state.tsx';
import { StateWord } from '../../kit/state-word.tsx';
import { type Column, Table } from '../../kit/table.tsx';
import { Trouble } from '../../kit/trouble.tsx';
import { useShortcut } from '../../kit/use-shortcut.ts';
import { useWords } from '../../kit/words.ts';
import classes from './people.module.css';
import { addPerson, type Person, peopleQuery, type Server, toMatch, whoQuery } from './people.ts';

function cellOf(server: Server, person: Person, say: ReturnType<typeof useWords>) {
  const accounts = server.accounts.filter((account) => account.person === person.name);
  if (accounts.length > 0) {
    return (
      <>
        {accounts.map((account) => (
          <StateWord key={account.id} tone={account.consent === 'given' ? 'ok' : 'warn'} plain={account.consent === 'given'}>
            {account.consent === 'given'
              ? (account.user.name ?? account.user.id)
              : say('waitsForPlan', { name: account.user.name ?? account.user.id })}
          </StateWord>
        ))}
      </>
    );
  }
  return server.state === 'unknown' ? (
    <StateWord tone="unknown">{say('unknown')}</StateWord>
  ) : (
    <span className="faint">{say('noAccount')}</span>
  );
}

/** Who is who on which server: persons down, servers across. */
function Matrix({ people, servers }: Readonly<{ people: readonly Person[]; servers: readonly Server[] }>) {
  const say = useWords('people');
  const columns: Column<Person>[] = [
    {
      key: 'person',
      title: say('person'),
      cell: (person) => (
        <Link to="/people/$id" params={{ id: person.name } as never}>
          <b>{person.display_name}</b>
        </Link>
      ),
    },
    ...servers.map((server) => ({
      key: String(server.server.id),
      title: server.server.name,
      cell: (person: Person) => cellOf(server, person, say),
    })),
  ];
  return <Table caption={say('title')} columns={columns} rows={people} idOf={(person) => person.id} />;
}

function NewPerson() {
  const say = useWords('people');
  const queries = useQueryClient();
  const add = useMutation({
    mutationFn: ({ name, display }: { name: string; display: string }) => addPerson(name, display),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['people'] }),
  });
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const given = new FormData(form);
    add.mutate({ name: String(given.get('name')), display: String(given.get('display')) }, { onSuccess: () => form.reset() });
  };
  return (
    <form onSubmit={send}>
      <div className={classes.form}>
        <TextInput label={say('shortName')} description={say('shortNameHint')} name="name" required withAsterisk={false} />
        <TextInput label={say('shownAs')} name="display" />
        <Button type="submit" variant="filled" loading={add.isPending}>
          {say('add')}
        </Button>
      </div>
      {add.error && <Trouble error={add.error} />}
    </form>
  );
}

/** The household, and who is who on each server; others see themselves. */
export function Page() {
  const say = useWords('people');
  const navigate = useNavigate();
  const me = useMe();
  const isRunning = me !== undefined && runsTheHouse(me);
  const people = useQuery(peopleQuery);
  const who = useQuery({ ...whoQuery, enabled: isRunning });
  useShortcut('m', () => void (isRunning && navigate({ to: '/people/match' })));
  const open = toMatch(who.data ?? []);
  if (!isRunning) {
    return (
      <Frame title={say('title')} lede={say('ledeOwn')}>
        <Card title={say('you')}>
          <QueryState query={people} reading={say('reading')}>
            {(all) => <Matrix people={all} servers={[]} />}
          </QueryState>
        </Card>
      </Frame>
    );
  }
  return (
    <Frame
      title={say('title')}
      lede={say('lede')}
      actions={
        <Button component={Link} to="/people/match" variant="filled">
          {say('match')}
        </Button>
      }
    >
      <Stack>
        <Card title={say('unmatched')} count={open.length}>
          <QueryState query={who} reading={say('readingUsers')} isEmpty={() => open.length === 0} empty={<p>{say('nobodyUnmatched')}</p>}>
            {() => <p className={classes.facts}>{say('unmatchedCount', { count: open.length })}</p>}
          </QueryState>
        </Card>
        <Card title={say('whoIsWho')}>
          <QueryState query={people} reading={say('reading')}>
            {(all) => (
              <>
                <Matrix people={all} servers={who.data ?? []} />
                {who.error && <Trouble error={who.error} again={() => void who.refetch()} />}
                {(who.data ?? [])
                  .filter((server) => server.state === 'unknown')
                  .map((server) => (
                    <p key={server.server.id} className={classes.facts}>
                      <Place kind={server.server.type} name={server.server.name} isUnknown /> {server.fault?.message}
                    </p>
                  ))}
              </>
            )}
          </QueryState>
        </Card>
        <Card title={say('addPerson')} padded>
          <NewPerson />
        </Card>
      </Stack>
    </Frame>
  );
}
