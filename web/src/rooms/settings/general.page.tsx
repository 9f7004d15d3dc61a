import { Button, NativeSelect, Select, Switch, useMantineColorScheme } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { FormEvent } from 'react';
import { api, take } from '../../api/client.ts';
import { runsTheHouse, useMe } from '../../api/session.ts';
import { Card } from '../../kit/card.tsx';
import { usePreference } from '../../kit/preferences.ts';
import { SecretField } from '../../kit/secret-field.tsx';
import { browserZone } from '../../kit/times.ts';
import { Trouble } from '../../kit/trouble.tsx';
import { useWords } from '../../kit/words.ts';
import { HouseSettings, isLimit, isOfApps } from './house-settings.tsx';
import classes from './settings.module.css';
import { SettingsPage } from './settings-page.tsx';

const THEMES = ['auto', 'light', 'dark'] as const;

/** How this person likes to see things, in this browser. */
function Preferences() {
  const say = useWords('settings');
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [zone, setZone] = usePreference('zone');
  const [density, setDensity] = usePreference('density');
  const [shortcuts, setShortcuts] = usePreference('shortcuts');
  return (
    <Card title={say('preferences')}>
      <div className={classes.fields}>
        <NativeSelect
          label={say('theme')}
          value={colorScheme}
          onChange={(event) => setColorScheme(event.currentTarget.value as (typeof THEMES)[number])}
          data={THEMES.map((one) => ({ value: one, label: say(`themes.${one}`) }))}
        />
        <Select
          label={say('zone')}
          description={say('zoneHint', { zone: browserZone() })}
          placeholder={browserZone()}
          value={zone === '' ? null : zone}
          onChange={(next) => setZone(next ?? '')}
          data={Intl.supportedValuesOf('timeZone')}
          searchable
          clearable
          clearButtonProps={{ 'aria-label': say('zoneOfBrowser') }}
          limit={50}
        />
        <NativeSelect
          label={say('density')}
          value={density}
          onChange={(event) => setDensity(event.currentTarget.value)}
          data={['comfortable', 'compact'].map((one) => ({ value: one, label: say(`densities.${one}`) }))}
        />
        <Switch
          label={say('shortcuts')}
          description={say('shortcutsHint')}
          checked={shortcuts === 'on'}
          onChange={(event) => setShortcuts(event.currentTarget.checked ? 'on' : 'off')}
        />
        <NativeSelect label={say('language')} description={say('languageHint')} data={[{ value: 'en', label: say('english') }]} />
      </div>
    </Card>
  );
}

function Password() {
  const say = useWords('settings');
  const queries = useQueryClient();
  const navigate = useNavigate();
  const change = useMutation({
    mutationFn: (body: { current: string; password: string }) => take(api.PUT('/api/v1/session/password', { body })),
    onSuccess: async () => {
      queries.clear();
      await navigate({ to: '/sign-in' });
    },
  });
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    change.mutate({ current: String(given.get('current')), password: String(given.get('next')) });
  };
  return (
    <Card title={say('passwordTitle')}>
      <form onSubmit={send} className={classes.fields}>
        <p className="muted">{say('passwordLede')}</p>
        <SecretField label={say('currentPassword')} name="current" autoComplete="current-password" required withAsterisk={false} />
        <SecretField label={say('newPassword')} name="next" autoComplete="new-password" required withAsterisk={false} />
        {change.error && <Trouble error={change.error} />}
        <div>
          <Button type="submit" loading={change.isPending}>
            {say('changePassword')}
          </Button>
        </div>
      </form>
    </Card>
  );
}

export function Page() {
  const say = useWords('settings');
  const me = useMe();
  return (
    <SettingsPage tab="general">
      <Preferences />
      <Password />
      {me !== undefined && runsTheHouse(me) && <HouseSettings title={say('house')} fits={(one) => !isLimit(one) && !isOfApps(one)} />}
    </SettingsPage>
  );
}
