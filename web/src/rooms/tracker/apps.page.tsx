import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api, take } from '../../api/client.ts';
import { Card, Row, Rows } from '../../kit/card.tsx';
import { Stack } from '../../kit/page.tsx';
import { QueryState } from '../../kit/query-state.tsx';
import { StateWord } from '../../kit/state-word.tsx';
import { useTimes } from '../../kit/times.ts';
import { Trouble } from '../../kit/trouble.tsx';
import { useWords } from '../../kit/words.ts';
import classes from './tracker.module.css';
import { type Grant, grantsQuery, trackersQuery, useWhose } from './tracker.ts';
import { TrackerPage } from './tracker-page.tsx';

function GrantRow({ grant }: Readonly<{ grant: Grant }>) {
  const say = useWords('tracker');
  const times = useTimes();
  const queries = useQueryClient();
  const revoke = useMutation({
    mutationFn: () => take(api.DELETE('/api/v1/grants/{id}', { params: { path: { id: grant.id } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['grants'] }),
  });
  return (
    <div className={classes.line}>
      <div className={classes.what}>
        <b>{grant.app.name}</b>
        <small>
          {say(grant.scopes.includes('media:write') ? 'appMayWrite' : 'appMayRead')} ·{' '}
          {grant.last_used_at === null ? say('neverUsed') : say('lastUsed', { at: times.full(grant.last_used_at) })}
        </small>
        <small>{say('letInBy', { name: grant.approved_by, at: times.full(grant.created_at) })}</small>
      </div>
      <Button onClick={() => revoke.mutate()} loading={revoke.isPending} color="red" variant="outline" size="sm">
        {say('sendAway', { app: grant.app.name })}
      </Button>
      {revoke.error && <Trouble error={revoke.error} />}
    </div>
  );
}

/** Which apps this person has let in, and which trackers their library agrees with. */
export function Page() {
  const say = useWords('tracker');
  const times = useTimes();
  const { person } = useWhose();
  const grants = useQuery(grantsQuery(person));
  const trackers = useQuery(trackersQuery(person));
  const alive = (all: readonly Grant[]) => all.filter((one) => one.revoked_at === null);
  return (
    <TrackerPage tab="apps" title={say('appsTitle')} lede={say('appsLede')}>
      <Stack>
        <Card title={say('letInApps')} aside={<Link to="/approve">{say('typeCode')}</Link>}>
          <QueryState query={grants} reading={say('readingApps')} isEmpty={(all) => alive(all).length === 0} empty={<p>{say('noApps')}</p>}>
            {(all) => (
              <Rows>
                {alive(all).map((grant) => (
                  <Row key={grant.id}>
                    <GrantRow grant={grant} />
                  </Row>
                ))}
              </Rows>
            )}
          </QueryState>
        </Card>
        <Card title={say('trackersTitle')}>
          <QueryState query={trackers} reading={say('readingApps')} isEmpty={(all) => all.length === 0} empty={<p>{say('noTrackers')}</p>}>
            {(all) => (
              <Rows>
                {all.map((one) => (
                  <Row key={one.id}>
                    <div className={classes.line}>
                      <div className={classes.what}>
                        <b>{one.name}</b>
                        <small>{one.last_sync === null ? say('neverSynced') : say('lastSynced', { at: times.full(one.last_sync) })}</small>
                        {one.last_error && <small>{one.last_error.message}</small>}
                      </div>
                      <StateWord tone={one.state === 'connected' ? 'ok' : 'warn'} plain={one.state === 'connected'}>
                        {say(`trackerState.${one.state}`)}
                      </StateWord>
                    </div>
                  </Row>
                ))}
              </Rows>
            )}
          </QueryState>
        </Card>
      </Stack>
    </TrackerPage>
  );
}
