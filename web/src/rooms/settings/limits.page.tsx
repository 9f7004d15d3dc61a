import { useWords } from '../../kit/words.ts';
import { HouseSettings, isLimit } from './house-settings.tsx';
import { SettingsPage } from './settings-page.tsx';

export function Page() {
  const say = useWords('settings');
  return (
    <SettingsPage tab="limits">
      <HouseSettings title={say('pages.limits')} fits={isLimit} />
    </SettingsPage>
  );
}
