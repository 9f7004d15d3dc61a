import { useQuery, useQueryClient } from '@tanstack/react-query';
import { api, take } from '../../api/client.ts';
import { Card, Row, Rows } from '../../kit/card.tsx';
import { Danger } from '../../kit/danger.tsx';
import { Place } from '../../kit/place.tsx';
import { QueryState } from '../../kit/query-state.tsx';
import { StateWord } from '../../kit/state-word.tsx';
import { useWords } from '../../kit/words.ts';
import classes from './connections.module.css';

const ONE = 1;

/** Where people ask for titles. What becomes of requests there has a room of its own. */
export function Desks() {
  const say = useWords('connections');
  const queries = useQueryClient();
  const desks = useQuery({ queryKey: ['request-desks'], queryFn: ({ signal }) => take(api.GET('/api/v1/request-desks', { signal })) });
  const remove = async (id: number) => {
    await take(api.DELETE('/api/v1/request-desks/{id}', { params: { path: { id } } }));
    await queries.invalidateQueries({ queryKey: ['request-desks'] });
  };
  return (
    <Card title={say('desks')}>
      <QueryState query={desks} reading={say('desks')} isEmpty={(some) => some.length === 0} empty={say('deskNone')}>
        {(some) => (
          <Rows>
            {some.map(({ id, name, url, role }) => (
              <Row key={id}>
                <div className={classes.row}>
                  <Place kind="seerr" name={name} note={url} />
                  <span className="small muted">{say(`role.${role}`)}</span>
                  <Danger action={say('removeDesk', { name })} count={ONE} act={() => remove(id)}>
                    <p>{say('removeDeskWhat')}</p>
                  </Danger>
                </div>
              </Row>
            ))}
          </Rows>
        )}
      </QueryState>
    </Card>
  );
}

/** Accounts of persons at trackers. */
export function Trackers() {
  const say = useWords('connections');
  const queries = useQueryClient();
  const trackers = useQuery({ queryKey: ['trackers'], queryFn: ({ signal }) => take(api.GET('/api/v1/trackers', { signal })) });
  const remove = async (id: number) => {
    await take(api.DELETE('/api/v1/trackers/{id}', { params: { path: { id } } }));
    await queries.invalidateQueries({ queryKey: ['trackers'] });
  };
  return (
    <Card title={say('trackers')}>
      <QueryState query={trackers} reading={say('trackers')} isEmpty={(some) => some.length === 0} empty={say('trackerNone')}>
        {(some) => (
          <Rows>
            {some.map(({ id, name, vendor, person, state, last_error }) => (
              <Row key={id}>
                <div className={classes.row}>
                  <Place kind={vendor} name={name} note={person} />
                  <StateWord tone={state === 'connected' ? 'ok' : 'warn'} plain={state === 'connected'}>
                    {say(`trackerState.${state}`)}
                  </StateWord>
                  <Danger action={say('removeTracker', { name })} count={ONE} act={() => remove(id)}>
                    <p>{say('removeTrackerWhat')}</p>
                  </Danger>
                </div>
                {last_error && <p className="small">{last_error.message}</p>}
              </Row>
            ))}
          </Rows>
        )}
      </QueryState>
    </Card>
  );
}
