import { askSecret, runCli } from '#cli/index.ts';
import { AppError } from '#kernel/app-error.ts';
import { loadClientConfig, loadConfig } from '#platform/config/index.ts';
import { readCliKey } from './cli-key.ts';
import { release } from './release.ts';

const { url, apiKey, dataDir, remote } = loadClientConfig();

/** On the host, in the database itself: the way back in for whoever has forgotten the owner's password. */
async function resetPassword(username: string, password: string): Promise<void> {
  if (remote) {
    throw new AppError('forbidden', 'A password is reset on the host itself, past all rights, and not over the API.');
  }
  // Only here, since all other commands should not wait for the whole house to load.
  const { createRooms } = await import('./app.ts');
  const { access, database, logging } = await createRooms({ config: { ...loadConfig(), logLevel: 'silent' } });
  try {
    await access.resetPassword(username, password);
  } finally {
    await database.close();
    logging.close();
  }
}

// `usherr history | head` reads what it wants and goes: that is no fault of ours to report.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

process.exitCode = await runCli(process.argv.slice(2), {
  version: release.version,
  out: process.stdout,
  err: process.stderr,
  url,
  apiKey: () => apiKey ?? readCliKey(dataDir),
  askSecret: (question) => askSecret({ input: process.stdin, prompt: process.stderr }, question),
  resetPassword,
});
