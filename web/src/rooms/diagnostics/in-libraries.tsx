import { Button, Select } from '@mantine/core';
import { type UseQueryResult, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, take } from '../../api/client.ts';
import { useAddress } from '../../kit/address.ts';
import { Card } from '../../kit/card.tsx';
import { Danger } from '../../kit/danger.tsx';
import { QueryState } from '../../kit/query-state.tsx';
import { type Column, Table } from '../../kit/table.tsx';
import { useTimes } from '../../kit/times.ts';
import { useWords } from '../../kit/words.ts';
import classes from './diagnostics.module.css';
import { TitleName } from './in-histories.tsx';

/** The place whose libraries are looked through: the first unless the address says otherwise. */
function useAccount() {
  const [asked, setAsked] = useAddress('place');
  const accounts = useQuery({ queryKey: ['accounts'], queryFn: ({ signal }) => take(api.GET('/api/v1/accounts', { signal })) });
  const all = accounts.data ?? [];
  const account = all.find(({ id }) => String(id) === asked) ?? all[0];
  return { accounts, all, account, setAsked };
}

type Chosen = ReturnType<typeof useAccount>;

function AccountChoice({ all, account, setAsked }: Chosen) {
  const say = useWords('diagnostics');
  if (!account) return null;
  return (
    <Select
      label={say('place')}
      data={all.map(({ id, name, person }) => ({ value: String(id), label: say('placeOf', { name, person }) }))}
      value={String(account.id)}
      onChange={(value) => setAsked(value ?? '')}
      allowDeselect={false}
    />
  );
}

function NoPlace({ chosen }: Readonly<{ chosen: Chosen }>) {
  const say = useWords('diagnostics');
  return (
    <Card title={say('place')}>
      <QueryState query={chosen.accounts} reading={say('place')} isEmpty={(rows) => rows.length === 0} empty={<p>{say('noPlace')}</p>}>
        {() => null}
      </QueryState>
    </Card>
  );
}

type Item = Readonly<{ upstream_id: string }>;
type FoundProps<T extends Item> = Readonly<{
  kind: 'unmatched' | 'mismatched';
  chosen: Chosen;
  found: UseQueryResult<readonly T[], Error>;
  columns: readonly Column<T>[];
}>;

/** What was found in the libraries of the chosen place. */
function Found<T extends Item>({ kind, chosen, found, columns }: FoundProps<T>) {
  const say = useWords('diagnostics');
  const times = useTimes();
  return (
    <>
      <div className={classes.filters}>
        <AccountChoice {...chosen} />
        <Button variant="default" loading={found.isFetching} onClick={() => void found.refetch()}>
          {say('lookAgain')}
        </Button>
      </div>
      <Card title={say(`kinds.${kind}`)} {...(found.data && found.data.length > 0 && { count: found.data.length })}>
        <QueryState
          query={found}
          reading={say('readingPlace', { name: chosen.account?.name ?? '' })}
          isEmpty={(rows) => rows.length === 0}
          empty={<p>{say('none', { what: say(`nones.${kind}`), at: times.full(found.dataUpdatedAt) })}</p>}
        >
          {(rows) => <Table caption={say(`kinds.${kind}`)} rows={rows} idOf={(row) => row.upstream_id} columns={columns} />}
        </QueryState>
      </Card>
    </>
  );
}

export function Unmatched() {
  const say = useWords('diagnostics');
  const chosen = useAccount();
  const id = chosen.account?.id ?? 0;
  const found = useQuery({
    queryKey: ['titles', 'unmatched', id],
    queryFn: ({ signal }) => take(api.GET('/api/v1/diagnostics/accounts/{id}/unmatched', { params: { path: { id } }, signal })),
    enabled: id > 0,
    retry: false,
  });
  if (!chosen.account) return <NoPlace chosen={chosen} />;
  return (
    <Found
      kind="unmatched"
      chosen={chosen}
      found={found}
      columns={[
        { key: 'title', title: say('titleName'), cell: (row) => <b>{row.title}</b> },
        { key: 'path', title: say('files'), cell: (row) => <span className="mono">{row.path ?? '–'}</span> },
        { key: 'fix', title: say('fix'), cell: () => say('fixes.unmatched') },
      ]}
    />
  );
}

export function Mismatched() {
  const say = useWords('diagnostics');
  const chosen = useAccount();
  const id = chosen.account?.id ?? 0;
  const found = useQuery({
    queryKey: ['titles', 'mismatched', id],
    queryFn: ({ signal }) => take(api.GET('/api/v1/diagnostics/accounts/{id}/mismatched', { params: { path: { id } }, signal })),
    enabled: id > 0,
    retry: false,
  });
  if (!chosen.account) return <NoPlace chosen={chosen} />;
  return (
    <Found
      kind="mismatched"
      chosen={chosen}
      found={found}
      columns={[
        { key: 'title', title: say('titleName'), cell: (row) => <b>{row.title}</b> },
        { key: 'alike', title: say('alike'), cell: (row) => say('percent', { part: row.percent }) },
        { key: 'path', title: say('files'), cell: (row) => <span className="mono">{row.path ?? '–'}</span> },
        { key: 'fix', title: say('fix'), cell: () => say('fixes.mismatched') },
      ]}
    />
  );
}

export function Stale() {
  const say = useWords('diagnostics');
  const chosen = useAccount();
  const [asked, setLibrary] = useAddress('library');
  const id = chosen.account?.id ?? 0;
  const libraries = useQuery({
    queryKey: ['titles', 'libraries', id],
    queryFn: ({ signal }) => take(api.GET('/api/v1/diagnostics/accounts/{id}/libraries', { params: { path: { id } }, signal })),
    enabled: id > 0,
    retry: false,
  });
  if (!chosen.account) return <NoPlace chosen={chosen} />;
  const known = (libraries.data ?? []).filter(({ supported }) => supported);
  const library = known.find((one) => one.id === asked) ?? known[0];
  return (
    <>
      <div className={classes.filters}>
        <AccountChoice {...chosen} />
        {library && (
          <Select
            label={say('library')}
            data={known.map(({ id: value, name }) => ({ value, label: name }))}
            value={library.id}
            onChange={(value) => setLibrary(value ?? '')}
            allowDeselect={false}
          />
        )}
      </div>
      <QueryState query={libraries} reading={say('readingPlace', { name: chosen.account.name })}>
        {() =>
          library ? (
            <StaleIn key={`${id} ${library.id}`} account={id} library={library.id} name={chosen.account?.name ?? ''} />
          ) : (
            <p>{say('noLibrary')}</p>
          )
        }
      </QueryState>
    </>
  );
}

function StaleIn({ account, library, name }: Readonly<{ account: number; library: string; name: string }>) {
  const say = useWords('diagnostics');
  const times = useTimes();
  const queries = useQueryClient();
  const path = { id: account, library };
  const found = useQuery({
    queryKey: ['titles', 'stale', account, library],
    queryFn: ({ signal }) =>
      take(api.GET('/api/v1/diagnostics/accounts/{id}/libraries/{library}/stale', { params: { path, query: { anew: true } }, signal })),
    retry: false,
  });
  const ids = found.data?.items.map(({ title }) => title.id) ?? [];
  const remove = useMutation({
    mutationFn: () =>
      take(
        api.POST('/api/v1/diagnostics/accounts/{id}/libraries/{library}/stale/remove', {
          params: { path },
          body: { media: ids.slice(0, 1_000) },
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['titles'] }),
  });
  return (
    <Card
      title={say('kinds.stale')}
      {...(ids.length > 0 && { count: ids.length })}
      aside={
        ids.length > 0 && (
          <Danger action={say('takeOut', { count: ids.length })} count={ids.length} act={() => remove.mutateAsync()}>
            <p>{say('staleWhat', { name, count: ids.length })}</p>
          </Danger>
        )
      }
    >
      <QueryState
        query={found}
        reading={say('readingPlace', { name })}
        isEmpty={({ items }) => items.length === 0}
        empty={<p>{say('none', { what: say('nones.stale'), at: times.full(found.dataUpdatedAt) })}</p>}
      >
        {({ items }) => (
          <Table
            caption={say('kinds.stale')}
            rows={items}
            idOf={({ title }) => title.id}
            columns={[
              { key: 'title', title: say('titleName'), cell: ({ title }) => <TitleName title={title} /> },
              { key: 'watched', title: say('watched'), cell: ({ watched }) => say(watched ? 'yes' : 'no') },
              { key: 'there', title: say('there'), cell: ({ places }) => places.join(', ') || '–' },
            ]}
          />
        )}
      </QueryState>
    </Card>
  );
}
