import { describe, expect, it } from 'vitest';
import { masterPlaylist, mediaPlaylist, subtitlePlaylist } from './hls-playlist.ts';

describe('a media playlist', () => {
  it('names every segment with its length, and rounds the longest up', () => {
    const segments = [
      { start: 0, duration: 6.006 },
      { start: 6.006, duration: 1.5 },
    ];
    expect(mediaPlaylist(segments, (index) => `${index}.ts`)).toBe(
      '#EXTM3U\n#EXT-X-VERSION:4\n#EXT-X-TARGETDURATION:7\n#EXT-X-MEDIA-SEQUENCE:0\n#EXT-X-PLAYLIST-TYPE:VOD\n' +
        '#EXTINF:6.006000,\n0.ts\n#EXTINF:1.500000,\n1.ts\n#EXT-X-ENDLIST\n',
    );
  });

  it('of subtitles has one piece', () => {
    expect(subtitlePlaylist(12.5, '/x0.vtt')).toContain('#EXT-X-TARGETDURATION:13\n');
    expect(subtitlePlaylist(12.5, '/x0.vtt')).toContain('#EXTINF:12.500000,\n/x0.vtt\n');
  });
});

describe('a master playlist', () => {
  const plain = { mediaUrl: '/media', bandwidth: 1_000.4, width: 1_920, height: 800, subtitles: [], subtitleUrl: () => '' };

  it('names the one film', () => {
    expect(masterPlaylist(plain)).toBe(
      '#EXTM3U\n#EXT-X-VERSION:4\n#EXT-X-INDEPENDENT-SEGMENTS\n#EXT-X-STREAM-INF:BANDWIDTH=1001,RESOLUTION=1920x800\n/media\n',
    );
    expect(masterPlaylist({ ...plain, width: 0 })).toContain('BANDWIDTH=1001\n');
  });

  it('names subtitles, and takes no line from a file name', () => {
    const evil = { id: 'x0', name: 'a"\n#EXT-X-ENDLIST\r\n,URI="http://x"', language: 'en"', isForced: true };
    const text = masterPlaylist({ ...plain, subtitles: [evil], subtitleUrl: ({ id }) => `/s/${id}` });
    expect(text.split('\n')).toHaveLength(7);
    expect(text).toContain('NAME="a #EXT-X-ENDLIST ,URI= http://x",LANGUAGE="en",DEFAULT=NO,AUTOSELECT=YES,FORCED=YES,URI="/s/x0"');
    expect(text).toContain('SUBTITLES="subs"');
  });
});
