import { useQuery } from '@tanstack/react-query';
import { api, serverBase, take } from '../../api/client.ts';
import { Card } from '../../kit/card.tsx';
import { size } from '../../kit/numbers.ts';
import { QueryState } from '../../kit/query-state.tsx';
import { useTimes } from '../../kit/times.ts';
import { useWords } from '../../kit/words.ts';
import classes from './settings.module.css';
import { SettingsPage } from './settings-page.tsx';

/** Which version this is, under which licence, and where it keeps what. */
export function Page() {
  const say = useWords('settings');
  const times = useTimes();
  const about = useQuery({ queryKey: ['about'], queryFn: ({ signal }) => take(api.GET('/api/v1/about', { signal })) });
  return (
    <SettingsPage tab="about">
      <Card title={say('thisHouse')}>
        <QueryState query={about} reading={say('readingAbout')}>
          {(house) => (
            <dl className={classes.facts}>
              <dt>{say('version')}</dt>
              <dd>{house.version}</dd>
              <dt>{say('licence')}</dt>
              <dd>{house.licence}</dd>
              <dt>{say('runsSince')}</dt>
              <dd>{times.full(house.started_at)}</dd>
              <dt>{say('runtime')}</dt>
              <dd>{house.runtime}</dd>
              <dt>{say('dataFolder')}</dt>
              <dd>{say('folderSize', { path: house.data_folder.path, size: size(house.data_folder.bytes) })}</dd>
              <dt>{say('database')}</dt>
              <dd>{say(`databases.${house.database.kind}`, { place: house.database.place })}</dd>
              <dt>{say('docs')}</dt>
              <dd>
                <a href={`${serverBase()}/api/docs`}>{say('apiDocs')}</a>
              </dd>
            </dl>
          )}
        </QueryState>
      </Card>
    </SettingsPage>
  );
}
