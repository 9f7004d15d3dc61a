import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { openChromium } from '../support/chromium.ts';
import { findFfmpeg } from '../support/ffmpeg.ts';
import { openPostgres } from '../support/postgres.ts';

const query = async (url: string, text: string): Promise<unknown[]> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
};

describe('the real parts that the tests bring along', () => {
  it('gives each test a PostgreSQL database of its own and drops it afterwards', async () => {
    const first = await openPostgres();
    const second = await openPostgres();
    try {
      await query(first.url, 'create table plays (id integer)');
      expect(await query(second.url, "select to_regclass('plays') as found")).toEqual([{ found: null }]);
    } finally {
      await first.close();
      await second.close();
    }
    await expect(query(first.url, 'select 1')).rejects.toThrow('does not exist');
  });

  it('runs a page with script in Chromium', async () => {
    const browser = await openChromium();
    try {
      const page = await browser.newPage();
      await page.setContent('<p id="sum"></p><script>document.getElementById("sum").textContent = 20 + 22</script>');
      expect(await page.textContent('#sum')).toBe('42');
      const canPlay = await page.evaluate('document.createElement("video").canPlayType(\'video/mp4; codecs="avc1.42E01E"\')');
      expect(canPlay).not.toBe('');
    } finally {
      await browser.close();
    }
  });

  it('makes a film with ffmpeg and reads its length with ffprobe', () => {
    const { ffmpeg, ffprobe } = findFfmpeg();
    const folder = mkdtempSync(join(tmpdir(), 'usherr-ffmpeg-'));
    try {
      const film = join(folder, 'film.mp4');
      const made = spawnSync(ffmpeg, ['-v', 'error', '-f', 'lavfi', '-i', 'testsrc=duration=2:size=64x64:rate=10', film], {
        encoding: 'utf8',
      });
      expect(made.stderr).toBe('');
      const read = spawnSync(ffprobe, ['-v', 'error', '-show_entries', 'format=duration', '-of', 'csv=p=0', film], { encoding: 'utf8' });
      expect(Number(read.stdout)).toBeCloseTo(2, 1);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
