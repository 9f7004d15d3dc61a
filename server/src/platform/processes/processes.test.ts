import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { createProcesses, parsePs } from './processes.ts';

describe('the processes of this system', () => {
  const children: ChildProcess[] = [];
  const start = async (script: string): Promise<ChildProcess> => {
    const child = spawn(process.execPath, ['-e', `${script}; process.stdout.write("up")`], { stdio: ['ignore', 'pipe', 'ignore'] });
    children.push(child);
    if (child.stdout) await once(child.stdout, 'data');
    return child;
  };
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
  });

  it('shows who runs what, and knows its own', async () => {
    const child = await start('setInterval(() => {}, 1e6)');
    const processes = createProcesses();
    const all = await processes.list();
    const found = all.find((one) => one.pid === child.pid);
    expect(found).toMatchObject({ parent: process.pid, command: expect.stringContaining('setInterval') });
    expect(found && processes.isOurs(found, all)).toBe(true);
    const [self, first] = [all.find((one) => one.pid === process.pid), all.find((one) => one.pid === 1)];
    for (const other of [self, first]) expect(other && processes.isOurs(other, all)).toBe(false);
  });

  it('ends one that listens, and one that does not', async () => {
    const processes = createProcesses({ patienceMs: 100 });
    const [polite, deaf] = [
      await start('setInterval(() => {}, 1e6)'),
      await start('process.on("SIGTERM", () => {}); setInterval(() => {}, 1e6)'),
    ];
    expect(await processes.end(polite.pid ?? 0)).toBe(true);
    expect(await processes.end(deaf.pid ?? 0)).toBe(true);
    expect(deaf.signalCode ?? (await once(deaf, 'exit'))[1]).toBe('SIGKILL');
  });

  it('reads what ps tells elsewhere', () => {
    const text = '  501     1 ann   0.3  1.2 /usr/bin/node server.ts --flag\n 7 501 root 0,0 0,1 ps\nnonsense\n';
    expect(parsePs(text)).toEqual([
      { pid: 501, parent: 1, user: 'ann', cpu: 0.3, memory: 1.2, command: '/usr/bin/node server.ts --flag', name: '/usr/bin/node' },
      { pid: 7, parent: 501, user: 'root', cpu: 0, memory: 0.1, command: 'ps', name: 'ps' },
    ]);
  });
});
