import type { CallOptions, RequestDesk } from '#core/upstreams/index.ts';
import { attempt, type CheckReport, isSilence, openNotebook } from './checks.ts';

/** Asks a request desk, step by step, whether it could be connected. Nothing is stored, and nothing is changed there. */
export async function checkDesk(desk: RequestDesk, url: string, call: CallOptions): Promise<CheckReport> {
  const notes = openNotebook();
  const { value: release, fault: silent } = await attempt(desk.version(call));
  if (silent && isSilence(silent)) {
    notes.failed('answers', silent);
    return notes.report({});
  }
  notes.passed('answers', `Something answers at ${url}.`);
  if (silent) {
    notes.failed('product', silent);
    return notes.report({});
  }
  const { version } = release;
  notes.passed('product', 'It takes requests for titles.');
  const { value: identity, fault } = await attempt(desk.identify(call));
  if (fault) {
    notes.failed(isSilence(fault) ? 'answers' : 'key', fault);
    return notes.report({});
  }
  const { id, displayName: name, rights } = identity.user;
  notes.passed('key', `It accepts the key, which acts as ${name}.`, { user: name });
  notes.passed('version', `Its version is ${version}.`, { version });
  const found = { server: { uuid: '', name: url, version }, user: { id: String(id), name } };
  if (!rights.admin) {
    notes.refused('rights', 'forbidden', `${name} is no administrator there, and is shown only a part of the requests.`, { user: name });
    return notes.report(found);
  }
  notes.passed('rights', `${name} is an administrator there.`, { user: name });
  const { value: users, fault: unlisted } = await attempt(desk.listUsers(call));
  if (unlisted) notes.failed('requests', unlisted);
  else {
    notes.passed('requests', `Its ${users.length} users can be read.`, { users: users.length });
    notes.noted('notices', 'Until it sends its events here, it is only read by the clock. They are switched on once it is saved.');
  }
  return notes.report(found);
}
