import { Button, NativeSelect } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ProblemError } from '../../api/client.ts';
import { Card, Row, Rows } from '../../kit/card.tsx';
import { Page as Frame, Stack } from '../../kit/page.tsx';
import { Place } from '../../kit/place.tsx';
import { QueryState } from '../../kit/query-state.tsx';
import { SecretField } from '../../kit/secret-field.tsx';
import { useTimes } from '../../kit/times.ts';
import { Trouble } from '../../kit/trouble.tsx';
import { useWords } from '../../kit/words.ts';
import classes from './people.module.css';
import { askAnew, join, type Person, peopleQuery, type Server, split, toMatch, type Unmatched, whoQuery } from './people.ts';
import { Provision } from './provision.tsx';

/** A user whom nobody is yet: who they may be and why, and the word of whoever runs the house. */
function Open({ server, user, people }: Unmatched & Readonly<{ people: readonly Person[] }>) {
  const say = useWords('people');
  const queries = useQueryClient();
  const suggested = user.suggestions[0]?.person ?? '';
  const [person, setPerson] = useState(suggested);
  const [pin, setPin] = useState('');
  const shown = (name: string) => people.find((one) => one.name === name)?.display_name ?? name;
  const joining = useMutation({
    mutationFn: () => join(server.server.id, user.id, person, pin === '' ? undefined : pin),
    onSuccess: () =>
      Promise.all([queries.invalidateQueries({ queryKey: ['who-is-who'] }), queries.invalidateQueries({ queryKey: ['accounts'] })]),
  });
  const pinFault = joining.error instanceof ProblemError ? joining.error.fields.find(({ field }) => field === 'pin') : undefined;
  return (
    <div className={classes.line}>
      <div className={classes.what}>
        <b>{user.name}</b>
        <small>
          {say('on', { place: server.server.name })}
          {user.guest ? ` · ${say('guest')}` : ''}
        </small>
        {user.suggestions.length === 0 ? (
          <small>{say('noSuggestion')}</small>
        ) : (
          <ul className={classes.evidence}>
            {user.suggestions.map((suggestion) =>
              suggestion.evidence.map((one) => (
                <li key={`${suggestion.person} ${one.kind} ${one.place}`}>
                  {say(one.kind === 'same-name' && one.place === '' ? 'evidence.same-name-here' : `evidence.${one.kind}`, {
                    person: shown(suggestion.person),
                    name: one.name,
                    place: one.place,
                  })}
                </li>
              )),
            )}
          </ul>
        )}
      </div>
      <NativeSelect
        aria-label={say('whoIs', { name: user.name, place: server.server.name })}
        value={person}
        onChange={(event) => setPerson(event.currentTarget.value)}
        data={[{ value: '', label: say('chooseSomebody') }, ...people.map((one) => ({ value: one.name, label: one.display_name }))]}
      />
      {user.protected && (
        <SecretField
          w={140}
          aria-label={say('pinOf', { name: user.name })}
          placeholder={say('pin')}
          value={pin}
          onChange={(event) => setPin(event.currentTarget.value)}
          error={pinFault && say('pinFault', { message: pinFault.message })}
        />
      )}
      <Button variant="filled" disabled={person === ''} loading={joining.isPending} onClick={() => joining.mutate()}>
        {person === '' ? say('joinNobody') : say('join', { name: user.name, person: shown(person) })}
      </Button>
      {person !== '' && <p className="small muted">{say('joinMeans', { person: shown(person), place: server.server.name })}</p>}
      {joining.error && !pinFault && <Trouble error={joining.error} />}
    </div>
  );
}

function Joined({ server, people }: Readonly<{ server: Server; people: readonly Person[] }>) {
  const say = useWords('people');
  const queries = useQueryClient();
  const splitting = useMutation({ mutationFn: split, onSettled: () => queries.invalidateQueries({ queryKey: ['who-is-who'] }) });
  const others = server.accounts.filter((account) => account.person !== 'main');
  if (others.length === 0) return <p className={classes.facts}>{say('onlyMain')}</p>;
  return (
    <Rows>
      {others.map((account) => {
        const name = account.user.name ?? account.user.id;
        const person = people.find((one) => one.name === account.person)?.display_name ?? account.person;
        return (
          <Row key={account.id}>
            <div className={classes.line}>
              <div className={classes.what}>
                <b>{say('isPerson', { name, person })}</b>
                <small>{say('splitMeans')}</small>
              </div>
              <Button loading={splitting.isPending && splitting.variables === account.id} onClick={() => splitting.mutate(account.id)}>
                {say('split', { name, person })}
              </Button>
            </div>
          </Row>
        );
      })}
      {splitting.error && <Trouble error={splitting.error} />}
    </Rows>
  );
}

/** Joins users of servers to persons, and takes them apart again. Nothing is joined by itself. */
export function Page() {
  const say = useWords('people');
  const times = useTimes();
  const queries = useQueryClient();
  const people = useQuery(peopleQuery);
  const who = useQuery(whoQuery);
  const anew = useMutation({ mutationFn: askAnew, onSuccess: (data) => queries.setQueryData(whoQuery.queryKey, data) });
  const everybody = people.data ?? [];
  const open = toMatch(who.data ?? []);
  const readAt = (who.data ?? []).flatMap(({ read_at }) => read_at ?? []).sort()[0];
  return (
    <Frame
      title={say('matchTitle')}
      lede={say('matchLede')}
      up={{ to: '/people', label: say('title') }}
      actions={
        <Button loading={anew.isPending} onClick={() => anew.mutate()}>
          {say('askAnew')}
        </Button>
      }
    >
      <Stack>
        {anew.error && <Trouble error={anew.error} />}
        <Card title={say('unmatched')} count={open.length}>
          <QueryState query={who} reading={say('readingUsers')} isEmpty={() => open.length === 0} empty={<p>{say('nobodyUnmatched')}</p>}>
            {() => (
              <>
                <Rows>
                  {open.map((one) => (
                    <Row key={`${one.server.server.id} ${one.user.id}`}>
                      <Open {...one} people={everybody} />
                    </Row>
                  ))}
                </Rows>
                {readAt !== undefined && <p className={classes.facts}>{say('readAt', { at: times.full(readAt) })}</p>}
              </>
            )}
          </QueryState>
        </Card>
        {(who.data ?? []).map((server) => (
          <Card
            key={server.server.id}
            title={server.server.name}
            aside={
              <Place
                kind={server.server.type}
                name={say('accounts', { count: server.accounts.length })}
                isUnknown={server.state === 'unknown'}
              />
            }
          >
            {server.fault && <p className={classes.facts}>{server.fault.message}</p>}
            <Joined server={server} people={everybody} />
          </Card>
        ))}
        <Provision />
      </Stack>
    </Frame>
  );
}
