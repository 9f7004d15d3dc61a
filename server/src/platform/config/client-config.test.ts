import { expect, it } from 'vitest';
import { loadClientConfig, type Variables } from './index.ts';

it.each<[Variables, string]>([
  [{}, 'http://localhost:4848'],
  [{ USHERR_HOST: '', USHERR_PORT: '' }, 'http://localhost:4848'],
  [{ USHERR_HOST: '0.0.0.0', USHERR_PORT: '80' }, 'http://localhost:80'],
  [{ USHERR_HOST: '::' }, 'http://localhost:4848'],
  [{ USHERR_HOST: '192.168.1.5' }, 'http://192.168.1.5:4848'],
  [{ USHERR_HOST: 'fd00::5', USHERR_PORT: '80' }, 'http://[fd00::5]:80'],
  [{ USHERR_HOST: '192.168.1.5', USHERR_URL: 'http://nas:4848' }, 'http://nas:4848'],
])('the command line finds the server of %j at %s', (variables, url) => {
  expect(loadClientConfig(variables).url).toBe(url);
});
