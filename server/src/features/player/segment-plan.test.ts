import { describe, expect, it } from 'vitest';
import { fc } from '#tests/support/properties.ts';
import { evenSegments, keyframeSegments, longestOf, type Segment } from './segment-plan.ts';

const shown = (segments: readonly Segment[]) => segments.map(({ start, duration }) => [start, duration]);

describe('segments of one length', () => {
  it.each<[number, number, number[][]]>([
    [
      12,
      6,
      [
        [0, 6],
        [6, 6],
      ],
    ],
    [
      13.5,
      6,
      [
        [0, 6],
        [6, 6],
        [12, 1.5],
      ],
    ],
    [
      12.4,
      6,
      [
        [0, 6],
        [6, 6.4],
      ],
    ],
    [0.3, 6, [[0, 0.3]]],
    [5, 6, [[0, 5]]],
  ])('of %s s by %s s', (duration, length, expected) => {
    expect(shown(evenSegments(duration, length))).toEqual(expected);
  });
});

describe('segments at keyframes', () => {
  it.each<[string, number[], number, number[][]]>([
    [
      'begin at the first that is far enough on',
      [0, 2.5, 5, 7.5, 10, 12.5],
      15,
      [
        [0, 7.5],
        [7.5, 7.5],
      ],
    ],
    ['are as long as the film where it has but one', [0], 15, [[0, 15]]],
    [
      'begin at 0 where the first picture comes later',
      [0.08, 6.1],
      12,
      [
        [0, 6.1],
        [6.1, 5.9],
      ],
    ],
    [
      'leave out one right before the end',
      [0, 6, 11.8],
      12,
      [
        [0, 6],
        [6, 6],
      ],
    ],
    [
      'leave out those before the beginning',
      [-1, 5, 11],
      12,
      [
        [0, 11],
        [11, 1],
      ],
    ],
  ])('%s', (_what, keyframes, duration, expected) => {
    expect(shown(keyframeSegments(keyframes, duration, 6))).toEqual(expected);
  });

  it('cover the film without gap and overlap, whatever the keyframes', () => {
    const rising = fc.array(fc.double({ min: 0.04, max: 12, noNaN: true }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(rising, fc.integer({ min: 1, max: 12 }), (steps, length) => {
        const keyframes = [0];
        for (const step of steps) keyframes.push((keyframes.at(-1) ?? 0) + step);
        const duration = (keyframes.at(-1) ?? 0) + 3;
        const segments = keyframeSegments(keyframes, duration, length);
        segments.forEach((segment, index) => {
          const end = segments[index + 1]?.start ?? duration;
          expect(segment.start + segment.duration).toBeCloseTo(end, 4);
          expect([0, ...keyframes]).toContain(segment.start);
        });
        expect(longestOf(segments)).toBeGreaterThan(0);
      }),
    );
  });
});
